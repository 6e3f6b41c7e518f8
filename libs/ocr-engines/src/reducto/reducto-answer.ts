import { z } from 'zod';
import type { ProviderRefusal } from '../hosted/provider-exchange.js';

/** Shares 0..1 of the page; pages count from 1. */
const boxSchema = z.object({
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
  page: z.number(),
});
export type ReductoBox = z.infer<typeof boxSchema>;

const fullResultSchema = z.object({
  type: z.literal('full'),
  chunks: z.array(
    z.object({
      blocks: z.array(
        z.object({
          type: z.string(),
          content: z.string(),
          bbox: boxSchema,
          confidence: z.string().nullish(),
          granular_confidence: z.object({ parse_confidence: z.number().nullish() }).nullish(),
        }),
      ),
    }),
  ),
  ocr: z
    .object({ words: z.array(z.object({ text: z.string(), bbox: boxSchema, confidence: z.number().nullish() })) })
    .nullish(),
});
export type FullResult = z.infer<typeof fullResultSchema>;

const resultSchema = z.discriminatedUnion('type', [
  fullResultSchema,
  z.object({ type: z.literal('url'), url: z.url({ protocol: /^https?$/ }) }),
]);

const parsedSchema = z.object({
  usage: z.object({ num_pages: z.number().positive(), credits: z.number().nonnegative().nullish() }),
  result: resultSchema,
});
export type Parsed = z.infer<typeof parsedSchema>;

export const uploadSchema = z.object({ file_id: z.string().min(1) });

/** `POST /parse` answers with the result, or with a job to be asked for. */
export const parseAnswerSchema = z.union([parsedSchema, z.object({ job_id: z.string().min(1) })]);

/** `GET /job/{id}`. */
export const jobSchema = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['Pending', 'Idle', 'InProgress', 'Completing']) }),
  z.object({ status: z.literal('Completed'), result: parsedSchema }),
  z.object({ status: z.enum(['Failed', 'Cancelled']), reason: z.string().nullish() }),
]);

/** The chunks that a `url` result leads to. */
export const storedResultSchema = z
  .union([fullResultSchema, z.object({ result: fullResultSchema }), fullResultSchema.shape.chunks])
  .transform((stored): FullResult => {
    if (Array.isArray(stored)) return { type: 'full', chunks: stored };
    return 'result' in stored ? stored.result : stored;
  });

const errorSchema = z.object({ detail: z.unknown().optional(), message: z.string().optional() });

export function reductoRefusal(status: number, json: unknown): ProviderRefusal {
  const { data } = errorSchema.safeParse(json);
  const said = data?.detail ?? data?.message;
  if (said === undefined) return {};
  const detail = typeof said === 'string' ? said : JSON.stringify(said);
  const isPage =
    [400, 422].includes(status) && /corrupt|unsupported|not a valid|could not (read|open|convert)/i.test(detail);
  return { ...(isPage ? { problem: 'page-refused' } : {}), detail };
}
