import { z } from 'zod';
import { refusedKinds, type SimulatedCall } from './simulated-call.js';

const usage = z.object({
  input: z.number().int(),
  cached: z.number().int().default(0),
  cacheWritten: z.number().int().default(0),
  output: z.number().int(),
  reasoning: z.number().int().default(0),
});

/** How one call is answered. */
export const behaviourSchema = z.discriminatedUnion('kind', [
  /** As the model would, or with this text and these token counts, or at another service than was asked for. */
  z.object({
    kind: z.literal('answer'),
    text: z.string().optional(),
    usage: usage.optional(),
    service: z.string().optional(),
  }),
  z.object({ kind: z.literal('refuse'), as: z.enum(refusedKinds), retryAfterS: z.number().int().default(7) }),
  /** The model itself declines. */
  z.object({ kind: z.literal('decline') }),
  /** The answer ends at the token limit. */
  z.object({ kind: z.literal('truncate') }),
  /** A whole answer whose text is no JSON. */
  z.object({ kind: z.literal('malformed-text') }),
  /** A body that is no JSON at all, as a proxy in trouble sends it. */
  z.object({ kind: z.literal('malformed-body') }),
  /** The connection breaks in the middle, or the stream ends there as if that were all. */
  z.object({ kind: z.literal('cut'), how: z.enum(['reset', 'end']).default('reset') }),
  /** The first byte comes this much later. */
  z.object({ kind: z.literal('slow'), ms: z.number().int() }),
  /** No byte ever comes. */
  z.object({ kind: z.literal('hang') }),
]);
export type Behaviour = z.infer<typeof behaviourSchema>;

export const ruleSchema = z.object({
  behaviour: behaviourSchema,
  /** For so many calls; for all when absent. */
  times: z.number().int().positive().optional(),
  /** Only for calls of this model, with this key, or at this service. */
  model: z.string().optional(),
  service: z.string().optional(),
  key: z.string().optional(),
});
export type Rule = z.input<typeof ruleSchema>;

/** The rules of a run: the first that fits decides, and is used up after its number of calls. */
export class Script {
  private rules: { rule: z.infer<typeof ruleSchema>; left: number }[] = [];

  add(rule: Rule): void {
    const parsed = ruleSchema.parse(rule);
    this.rules.push({ rule: parsed, left: parsed.times ?? Infinity });
  }

  clear(): void {
    this.rules = [];
  }

  /** Undefined where nothing is scripted. */
  take(call: SimulatedCall, key: string): Behaviour | undefined {
    const found = this.rules.find(
      ({ rule, left }) =>
        left > 0 &&
        (rule.model ?? call.model) === call.model &&
        (rule.service ?? call.service) === call.service &&
        (rule.key === undefined || rule.key === key),
    );
    if (!found) return undefined;
    found.left -= 1;
    return found.rule.behaviour;
  }
}
