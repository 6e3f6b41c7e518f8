import { setTimeout as pause } from 'node:timers/promises';

const dayMs = 86_400_000;
/** Clocks and timers may differ by a moment. */
const momentMs = 1_000;

/** Days turn at midnight by UTC: waits until one has so much left, so that none turns amid a test about days. */
export async function dayHasRoom(ms: number): Promise<void> {
  const leftMs = dayMs - (Date.now() % dayMs);
  if (leftMs < ms) await pause(leftMs + momentMs);
}
