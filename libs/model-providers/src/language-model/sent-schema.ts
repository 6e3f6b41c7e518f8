import type { JsonSchema } from '@waybill/contracts';
import { lowerSchema, type ModelRequest } from '@waybill/llm-routing';
import type { SpokenProvider } from './spoken-provider.js';

/** How the schema of an answer goes to a provider, and how the answer comes back. */
export interface SentSchema {
  readonly name: string;
  /** What the provider itself holds the answer to; absent where it cannot. */
  readonly byApi?: JsonSchema;
  /** What the prompt says; absent where the provider shows the schema to its model. */
  readonly inWords?: JsonSchema;
  /** Whether an answer may come as something else than it was asked for. */
  readonly isChanged: boolean;
  /** An answer to what was sent as one to the schema that was asked for. */
  readonly raise: (answer: unknown) => unknown;
}

/**
 * A schema at the level of its model. What an API cannot hold an answer to goes in words alone, and then as the client
 * wrote it: words have no level.
 */
export function sentSchema(
  { schema, model }: Pick<ModelRequest, 'schema' | 'model'>,
  { family: { schemaBy }, levelOf }: Pick<SpokenProvider, 'family' | 'levelOf'>,
): SentSchema | undefined {
  if (!schema) return undefined;
  const level = levelOf(model);
  const { schema: lowered, raise, fits, isPlain } = lowerSchema(schema.schema, level);
  if (schemaBy === 'prompt' || !fits) {
    return { name: schema.name, inWords: schema.schema, isChanged: false, raise: (answer) => answer };
  }
  const words = level.sent === 'both' ? { inWords: lowered } : {};
  return { name: schema.name, byApi: lowered, ...words, isChanged: !isPlain, raise };
}
