import { z } from 'zod';

/** Keys of one provider, separated by commas: calls are spread over them. */
const keys = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().regex(/^[\x21-\x7e]+$/, 'write keys without spaces, separated by commas')).min(1))
  .optional();

/**
 * Who answers for money. The names differ from those that the providers' own tools read, so that a key that lies about
 * in a shell is never spent by accident.
 */
export const modelProviderVariables = {
  WAYBILL_OPENAI_KEYS: keys,
  WAYBILL_ANTHROPIC_KEYS: keys,
  WAYBILL_GOOGLE_KEYS: keys,
  WAYBILL_DEEPSEEK_KEYS: keys,
  /** Bedrock API keys, or `ACCESS-KEY-ID:SECRET` pairs that sign requests. */
  WAYBILL_BEDROCK_KEYS: keys,
  WAYBILL_BEDROCK_REGION: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'write a region such as eu-central-1')
    .optional(),
  /** A JSON file of connections: other providers, gateways, servers of one's own (docs/providers.md). */
  WAYBILL_PROVIDERS: z.string().min(1).optional(),
  /** The address of a simulator that plays every provider without a connection of its own; its answers are marked. */
  WAYBILL_MODEL_SIMULATOR_URL: z.url({ protocol: /^http$/ }).optional(),
  /** A YAML file that replaces the routing policy of the release (docs/routing.md). */
  WAYBILL_POLICY: z.string().min(1).optional(),
  /** A JSON file: what was learned about which prompts need the stronger model (docs/routing-evaluation.md). */
  WAYBILL_ROUTING_PRIOR: z.string().min(1).optional(),
};
