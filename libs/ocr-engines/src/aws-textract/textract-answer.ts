import { z } from 'zod';
import type { ProviderProblem } from '../hosted/provider-failure.js';
import type { ProviderRefusal } from '../hosted/provider-exchange.js';

const blockSchema = z.object({
  Id: z.string(),
  BlockType: z.string(),
  Text: z.string().optional(),
  /** 0..100. */
  Confidence: z.number().optional(),
  Geometry: z
    .object({
      BoundingBox: z.object({ Left: z.number(), Top: z.number(), Width: z.number(), Height: z.number() }),
      Polygon: z.array(z.object({ X: z.number(), Y: z.number() })).optional(),
    })
    .optional(),
  EntityTypes: z.array(z.string()).nullish(),
  SelectionStatus: z.string().optional(),
  Relationships: z.array(z.object({ Type: z.string(), Ids: z.array(z.string()) })).nullish(),
});
export type Block = z.infer<typeof blockSchema>;

/** AnalyzeDocument and DetectDocumentText (2018-06-27): the fields that are used here. */
export const textractAnswerSchema = z.object({
  DocumentMetadata: z.object({ Pages: z.number().int().positive() }),
  Blocks: z.array(blockSchema),
});

const errorSchema = z.object({
  __type: z.string().optional(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

/** Nearly all errors are HTTP 400; `__type` tells them apart. It may have a namespace before a `#`. */
export function textractRefusal(_status: number, json: unknown): ProviderRefusal {
  const { data } = errorSchema.safeParse(json);
  const type = data?.__type?.split('#').at(-1) ?? '';
  const said = data?.message ?? data?.Message;
  const detail = [type, said].filter((part) => part !== undefined && part !== '').join(': ');
  return { problem: problems[type], ...(detail === '' ? {} : { detail }) };
}

const problems: Record<string, ProviderProblem> = {
  AccessDeniedException: 'access-refused',
  UnrecognizedClientException: 'access-refused',
  InvalidSignatureException: 'access-refused',
  IncompleteSignatureException: 'access-refused',
  MissingAuthenticationTokenException: 'access-refused',
  ExpiredTokenException: 'access-refused',
  SubscriptionRequiredException: 'not-paid',
  ProvisionedThroughputExceededException: 'busy',
  ThrottlingException: 'busy',
  LimitExceededException: 'busy',
  InternalServerError: 'away',
  ServiceUnavailableException: 'away',
  DocumentTooLargeException: 'too-large',
  BadDocumentException: 'page-refused',
  UnsupportedDocumentException: 'page-refused',
  InvalidParameterException: 'request-refused',
};
