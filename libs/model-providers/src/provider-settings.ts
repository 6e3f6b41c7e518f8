import { ConfigurationError } from '@waybill/platform';
import { z } from 'zod';

/** One connection to a provider: where it answers, in which family's way, and with which keys. */
const providerSettingsSchema = z.strictObject({
  /** The provider that the catalog's cards name. */
  id: z.string().regex(/^[a-z0-9-]+$/, 'write lower-case letters, digits and hyphens'),
  /** One of the families that are built in; docs/providers.md lists them. */
  family: z.string(),
  /** Where the API begins, with its version; the family's own address when absent. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Which of OpenAI's APIs is asked, where the family has both. */
  api: z.enum(['chat', 'responses']).default('responses'),
  keys: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        secret: z.string().min(1),
        /** Its share of the calls. */
        weight: z.number().positive().default(1),
      }),
    )
    .min(1, 'give at least one key; servers that want none take any text')
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, 'each key id may stand there once'),
  /** Sent with every call: what a gateway wants to know, for example. */
  headers: z.record(z.string(), z.string()).default({}),
  /** Google Vertex. */
  project: z.string().optional(),
  /** Google Vertex and Amazon Bedrock. */
  region: z.string().optional(),
  /** Azure: the resource's name, and the version of the API. */
  resource: z.string().optional(),
  apiVersion: z.string().optional(),
});
export type ProviderSettings = z.infer<typeof providerSettingsSchema>;
export type ProviderSettingsInput = z.input<typeof providerSettingsSchema>;

/** Checks a connection. @throws ConfigurationError with a sentence that names the provider and what to correct. */
export function parseProviderSettings(input: ProviderSettingsInput): ProviderSettings {
  const parsed = providerSettingsSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'settings'}: ${message}`);
  throw new ConfigurationError(`The provider "${input.id}" cannot be used; correct ${sentences.join('; ')}.`);
}
