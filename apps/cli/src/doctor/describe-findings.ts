import type { Colours } from '../terminal/terminal.js';
import type { Finding } from './finding.js';

/** A line a finding, with what to do beneath it. */
export function describeFindings(findings: readonly Finding[], colours: Colours): string {
  const marks = { ok: colours.green('✓'), warn: colours.yellow('!'), fail: colours.red('✗') };
  const width = Math.max(...findings.map(({ name }) => name.length));
  return findings
    .flatMap(({ name, verdict, found, advice }) => [
      `${marks[verdict]} ${name.padEnd(width)}  ${verdict === 'ok' ? colours.dim(found) : found}`,
      ...(advice === undefined ? [] : [`${' '.repeat(width + 4)}${colours.dim(`→ ${advice}`)}`]),
    ])
    .join('\n');
}
