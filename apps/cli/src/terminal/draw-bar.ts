import type { Colours } from './terminal.js';

/** A thin bar of `width` characters, filled to `share` (0..1). */
export function drawBar(share: number, width: number, colours: Colours): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${colours.cyan('━'.repeat(filled))}${colours.dim('─'.repeat(width - filled))}`;
}
