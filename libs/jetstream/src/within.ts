import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when the work is done, or when so many milliseconds have passed; a failure of the work counts as done. */
export async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const stopTimer = new AbortController();
  const timer = delay(limitMs, undefined, { signal: stopTimer.signal }).catch(() => undefined);
  await Promise.race([timer, work.catch(() => undefined)]);
  stopTimer.abort();
}
