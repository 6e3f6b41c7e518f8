import { setTimeout as delay } from 'node:timers/promises';

const mostConflicts = 100;
const longestPauseMs = 32;

/**
 * Tries to write what others write too, by compare-and-set, until nobody was faster.
 * @param attempt reads what stands there and writes what follows from it; undefined where somebody was faster
 * @param name of what is written, for the error
 * @throws Error after 100 attempts; whatever an attempt throws as it is
 */
export async function untilWritten<Written>(
  name: string,
  attempt: () => Promise<{ readonly written: Written } | undefined>,
): Promise<Written> {
  for (let conflicts = 0; conflicts < mostConflicts; conflicts += 1) {
    // A short random pause parts those who would collide again.
    if (conflicts > 1) await delay(Math.random() * Math.min(longestPauseMs, 2 ** (conflicts - 1)));
    const done = await attempt();
    if (done) return done.written;
  }
  throw new Error(`${name} is written to by too many processes at once.`);
}
