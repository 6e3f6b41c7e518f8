import { z } from 'zod';

/** Two counts that fade with time, as they stood at one moment. */
export const tallySchema = z.object({
  good: z.number().nonnegative(),
  bad: z.number().nonnegative(),
  /** Unix milliseconds. */
  atMs: z.number(),
});
export type Tally = Readonly<z.infer<typeof tallySchema>>;
export type TallySide = 'good' | 'bad';

/** What is left after `ageMs` of something that halves every `halfLifeMs`. */
export const remaining = (ageMs: number, halfLifeMs: number): number => 2 ** (-Math.max(0, ageMs) / halfLifeMs);

/** The counts as they stand at a moment not before their own. */
export function tallyAt(tally: Tally, atMs: number, halfLifeMs: number): Tally {
  if (atMs <= tally.atMs) return tally;
  const left = remaining(atMs - tally.atMs, halfLifeMs);
  return { good: tally.good * left, bad: tally.bad * left, atMs };
}

/** Counts one event. Events give the same counts in whatever order they come: a late one has faded already. */
export function countIn(tally: Tally | undefined, side: TallySide, atMs: number, halfLifeMs: number): Tally {
  if (!tally) return { good: 0, bad: 0, [side]: 1, atMs };
  const now = tallyAt(tally, atMs, halfLifeMs);
  return { ...now, [side]: now[side] + remaining(now.atMs - atMs, halfLifeMs) };
}
