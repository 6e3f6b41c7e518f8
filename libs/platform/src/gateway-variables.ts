import { tenantSchema } from '@waybill/contracts';
import { z } from 'zod';

const megabytes = 1_048_576;

/** `tenant:secret`, several separated by commas. */
const doorKeys = z
  .string()
  .transform((text) =>
    text.split(',').map((entry) => {
      const at = entry.indexOf(':');
      return { tenant: entry.slice(0, Math.max(at, 0)).trim(), secret: entry.slice(at + 1).trim() };
    }),
  )
  .pipe(
    z.array(
      z.object({
        tenant: tenantSchema,
        secret: z.string().regex(/^[\x21-\x7e]{16,}$/, 'write tenant:secret, with at least 16 characters a secret'),
      }),
    ),
  )
  .optional();

/** The door for code that talks to OpenAI. */
export const gatewayVariables = {
  /** Who may ask, and for which tenant; anybody when absent. */
  WAYBILL_GATEWAY_KEYS: doorKeys,
  /** `none` asks no database: no budget is kept and nothing is written down. */
  WAYBILL_GATEWAY_LEDGER: z.enum(['postgres', 'none']).default('postgres'),
  /** The most that is reserved at once for many chats of a tenant, in US dollars; 0 reserves for each chat by itself. */
  WAYBILL_GATEWAY_ALLOWANCE_USD: z.coerce.number().min(0).max(1_000).default(1),
  WAYBILL_GATEWAY_MAX_BODY_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .max(500 * megabytes)
    .default(50 * megabytes),
  /** Room for the bodies of all chats together; who finds none waits. One that is larger gets it when it is empty. */
  WAYBILL_GATEWAY_BODY_ROOM_BYTES: z.coerce
    .number()
    .int()
    .min(megabytes)
    .max(65_536 * megabytes)
    .default(12 * megabytes),
  /** The largest file that is taken for a batch. */
  WAYBILL_GATEWAY_MAX_FILE_BYTES: z.coerce
    .number()
    .int()
    .min(1_024)
    .max(2_048 * megabytes)
    .default(200 * megabytes),
  /** Lines of batches under way at once in one process; with 0, others answer them. */
  WAYBILL_GATEWAY_BATCH_LINES: z.coerce.number().int().min(0).max(1_024).default(8),
  /** Whether the guardrails look at chats: `auto` where `WAYBILL_GUARDRAILS` names a policy, `on` also with that of the release. */
  WAYBILL_GATEWAY_GUARDRAILS: z.enum(['auto', 'on', 'off']).default('auto'),
  WAYBILL_GATEWAY_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(3_600_000).default(600_000),
};
