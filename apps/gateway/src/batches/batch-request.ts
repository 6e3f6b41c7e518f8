import { batchIdSchema, fileIdSchema } from '@waybill/contracts';
import { z } from 'zod';

/** What the lines of a batch may ask. */
export const batchEndpoint = '/v1/chat/completions';

const hourMs = 3_600_000;
const unitMs = { m: 60_000, h: hourMs, d: 24 * hourMs } as const;
/** The queue and the document store keep what they hold for seven days. */
const longestMs = 120 * hourMs;

/** `24h`, as OpenAI writes it, or another whole number of minutes, hours or days. @returns milliseconds, if it is one */
export function windowMs(text: string): number | undefined {
  const found = /^([1-9]\d{0,3})([mhd])$/.exec(text);
  if (!found) return undefined;
  const ms = Number(found[1]) * unitMs[found[2] as keyof typeof unitMs];
  return ms <= longestMs ? ms : undefined;
}

/** `POST /v1/batches`, as OpenAI's clients send it. */
export const batchRequestSchema = z.object({
  endpoint: z.literal(batchEndpoint, `only ${batchEndpoint} is answered in batches`),
  input_file_id: fileIdSchema,
  completion_window: z
    .string()
    .refine(
      (text) => windowMs(text) !== undefined,
      'write "24h", or another time of up to five days as 30m, 12h or 3d',
    ),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs')
    .nullish(),
});
export type BatchRequest = z.infer<typeof batchRequestSchema>;

const limit = z.coerce.number().int().min(1);

/** `GET /v1/batches`. */
export const batchListSchema = z.object({ limit: limit.max(100).default(20), after: batchIdSchema.optional() });

/** `GET /v1/files`. */
export const fileListSchema = z.object({
  limit: limit.max(10_000).default(1_000),
  after: fileIdSchema.optional(),
  purpose: z.string().max(40).optional(),
});
