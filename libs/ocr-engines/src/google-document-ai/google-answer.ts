import { z } from 'zod';
import type { ProviderProblem } from '../hosted/provider-failure.js';
import type { ProviderRefusal } from '../hosted/provider-exchange.js';

/** Protobuf as JSON: what is 0, false or empty is left out, and 64-bit numbers are strings. */
const layoutSchema = z.object({
  textAnchor: z
    .object({
      textSegments: z
        .array(z.object({ startIndex: z.coerce.number().default(0), endIndex: z.coerce.number().default(0) }))
        .default([]),
    })
    .optional(),
  confidence: z.number().default(0),
  boundingPoly: z
    .object({
      normalizedVertices: z.array(z.object({ x: z.number().default(0), y: z.number().default(0) })).default([]),
    })
    .optional(),
});
export type Layout = z.infer<typeof layoutSchema>;

const rowSchema = z.object({ cells: z.array(z.object({ layout: layoutSchema })).default([]) });

const pageSchema = z.object({
  tokens: z.array(z.object({ layout: layoutSchema })).default([]),
  tables: z
    .array(z.object({ headerRows: z.array(rowSchema).default([]), bodyRows: z.array(rowSchema).default([]) }))
    .default([]),
  formFields: z
    .array(
      z.object({
        fieldName: layoutSchema.optional(),
        fieldValue: layoutSchema.optional(),
        valueType: z.string().default(''),
      }),
    )
    .default([]),
});
export type GooglePage = z.infer<typeof pageSchema>;

/** `processors.process` (v1): the fields that are used here. */
export const processAnswerSchema = z.object({
  document: z.object({ text: z.string().default(''), pages: z.array(pageSchema).min(1) }),
});
export type GoogleDocument = z.infer<typeof processAnswerSchema>['document'];

const errorSchema = z.object({
  error: z.object({
    status: z.string().default(''),
    message: z.string().default(''),
    details: z.array(z.looseObject({ '@type': z.string() })).default([]),
  }),
});

/** The canonical status (google.rpc.Code) and, where it is given, when to come again (google.rpc.RetryInfo). */
export function googleRefusal(_status: number, json: unknown): ProviderRefusal {
  const { data } = errorSchema.safeParse(json);
  if (!data) return {};
  const { status, message, details } = data.error;
  const retry = details.find((detail) => detail['@type'].endsWith('google.rpc.RetryInfo'))?.['retryDelay'];
  const seconds = typeof retry === 'string' ? Number(/^(\d+(?:\.\d+)?)s$/.exec(retry)?.[1] ?? Number.NaN) : Number.NaN;
  return {
    problem: problemOf(status, message),
    detail: `${status}: ${message}`,
    ...(Number.isFinite(seconds) ? { retryAfterMs: Math.round(seconds * 1_000) } : {}),
  };
}

/** Pages that cannot be read have no status of their own. */
function problemOf(status: string, message: string): ProviderProblem | undefined {
  if (status === 'INVALID_ARGUMENT' && /exceed|too large|limit/i.test(message)) return 'too-large';
  if (status === 'INVALID_ARGUMENT' && /unsupported|corrupt|input file|mime/i.test(message)) return 'page-refused';
  return problems[status];
}

const problems: Record<string, ProviderProblem> = {
  INVALID_ARGUMENT: 'request-refused',
  FAILED_PRECONDITION: 'request-refused',
  UNAUTHENTICATED: 'access-refused',
  PERMISSION_DENIED: 'access-refused',
  NOT_FOUND: 'not-found',
  RESOURCE_EXHAUSTED: 'busy',
  UNAVAILABLE: 'away',
  DEADLINE_EXCEEDED: 'away',
  INTERNAL: 'away',
};
