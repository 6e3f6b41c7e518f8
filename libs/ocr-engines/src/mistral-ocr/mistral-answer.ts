import { z } from 'zod';
import type { ProviderRefusal } from '../hosted/provider-exchange.js';

const blockSchema = z.object({
  type: z.string(),
  content: z.string().default(''),
  top_left_x: z.number(),
  top_left_y: z.number(),
  bottom_right_x: z.number(),
  bottom_right_y: z.number(),
  confidence_scores: z.object({ average_content_confidence_score: z.number().nullish() }).nullish(),
});

/** `POST /v1/ocr`: the fields that are used here. Boxes are pixels of the picture that `dimensions` describes. */
export const ocrAnswerSchema = z.object({
  model: z.string(),
  pages: z
    .array(
      z.object({
        markdown: z.string(),
        dimensions: z.object({ width: z.number().positive(), height: z.number().positive() }).nullish(),
        blocks: z.array(blockSchema).nullish(),
        confidence_scores: z
          .object({
            average_page_confidence_score: z.number().nullish(),
            word_confidence_scores: z.array(z.object({ text: z.string(), confidence: z.number() })).nullish(),
          })
          .nullish(),
      }),
    )
    .min(1),
  usage_info: z.object({ pages_processed: z.number().int().nonnegative() }),
});
export type OcrAnswer = z.infer<typeof ocrAnswerSchema>;

const errorSchema = z.object({
  message: z.unknown().optional(),
  detail: z.unknown().optional(),
  type: z.string().nullish(),
});

/** Errors have a `message`, validation errors (422) a `detail`; either may be a text or a structure. */
export function mistralRefusal(status: number, json: unknown): ProviderRefusal {
  const { data } = errorSchema.safeParse(json);
  const said = data?.message ?? data?.detail;
  const detail = said === undefined ? undefined : typeof said === 'string' ? said : JSON.stringify(said);
  const isModel = data?.type === 'invalid_model' || /invalid model/i.test(detail ?? '');
  const isPage = [400, 422].includes(status) && /image|document|file/i.test(detail ?? '') && !isModel;
  return {
    ...(isModel ? { problem: 'not-found' } : isPage ? { problem: 'page-refused' } : {}),
    ...(detail === undefined ? {} : { detail }),
  };
}
