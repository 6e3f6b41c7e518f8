import type { z } from 'zod';
import type { ProviderExchange } from './provider-exchange.js';

/** An answer of the expected shape. @throws StageError `invalid-answer` naming the first place that is wrong */
export function parseAnswer<Schema extends z.ZodType>(
  schema: Schema,
  json: unknown,
  exchange: ProviderExchange,
): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw exchange.failure('malformed', `${issue?.path.join('.') || 'answer'}: ${issue?.message ?? 'unexpected'}`);
}
