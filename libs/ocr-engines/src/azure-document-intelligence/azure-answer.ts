import { z } from 'zod';
import type { ProviderRefusal } from '../hosted/provider-exchange.js';

const polygon = z.array(z.number()).optional();
const regions = z.array(z.object({ pageNumber: z.number(), polygon: z.array(z.number()) })).optional();
const element = z.object({ content: z.string(), boundingRegions: regions });

const analyzeResultSchema = z.object({
  pages: z
    .array(
      z.object({
        width: z.number().positive(),
        height: z.number().positive(),
        words: z.array(z.object({ content: z.string(), polygon, confidence: z.number() })).optional(),
        selectionMarks: z
          .array(z.object({ state: z.enum(['selected', 'unselected']), polygon, confidence: z.number() }))
          .optional(),
      }),
    )
    .min(1),
  tables: z.array(z.object({ cells: z.array(z.object({ boundingRegions: regions })) })).optional(),
  keyValuePairs: z.array(z.object({ key: element, value: element.optional(), confidence: z.number() })).optional(),
});
export type AnalyzeResult = z.infer<typeof analyzeResultSchema>;

const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  innererror: z.object({ code: z.string().optional(), message: z.string().optional() }).optional(),
});

/** The state of an analysis; fields by the REST API 2024-11-30, those that are used here. */
export const operationSchema = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['notStarted', 'running']) }),
  z.object({ status: z.literal('succeeded'), analyzeResult: analyzeResultSchema }),
  z.object({ status: z.enum(['failed', 'canceled', 'skipped']), error: errorSchema.optional() }),
]);

const refusalSchema = z.object({ error: errorSchema });

/** The service's error, by the more exact of its two codes. */
export function azureRefusal(_status: number, json: unknown): ProviderRefusal {
  const { data } = refusalSchema.safeParse(json);
  if (!data) return {};
  const { code, message, innererror } = data.error;
  const exact = innererror?.code ?? code;
  return { problem: problems[exact], detail: `${exact}: ${innererror?.message ?? message}` };
}

const problems: Record<string, ProviderRefusal['problem']> = {
  InvalidContent: 'page-refused',
  UnsupportedContent: 'page-refused',
  InvalidContentDimensions: 'too-large',
  InvalidContentLength: 'too-large',
  ContentProcessingTimeout: 'page-refused',
  ModelNotFound: 'not-found',
  InternalServerError: 'away',
  ServiceUnavailable: 'away',
};
