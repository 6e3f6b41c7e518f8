import { z } from 'zod';

/** A time in which something is not asked, because its provider said so. */
export const restSchema = z.object({
  untilMs: z.number(),
  /** How many rests came one after another. */
  times: z.number(),
  reason: z.string(),
});
export type Rest = Readonly<z.infer<typeof restSchema>>;

const unstatedRestMs = 15_000;
const longestRestMs = 300_000;
/** A limit met again so soon after a rest is the same trouble. */
const goesOnMs = 60_000;

/**
 * The rest after one more rate limit. The provider's moment holds where it states one; else rests grow. Limits met
 * while resting, by calls that were under way, do not make it grow.
 * @param statedUntilMs from Retry-After or a reset header
 */
export function restAfter(
  rest: Rest | undefined,
  limited: { readonly reason: string; readonly statedUntilMs?: number },
  nowMs: number,
): Rest {
  const { reason, statedUntilMs } = limited;
  const before = rest && nowMs < rest.untilMs + goesOnMs ? rest : undefined;
  const times = before ? before.times + (nowMs < before.untilMs ? 0 : 1) : 1;
  const untilMs = statedUntilMs ?? nowMs + Math.min(longestRestMs, unstatedRestMs * 2 ** (times - 1));
  return rest && rest.untilMs >= untilMs ? { ...rest, times } : { untilMs, times, reason };
}

export const isRestOver = (rest: Rest, nowMs: number): boolean => nowMs >= rest.untilMs + goesOnMs;
