import { z } from 'zod';

/** Every refusal of the REST API: its HTTP status and its title. The detail is written where it happens. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'invalid-tenant': { status: 400, title: 'The tenant is not a name' },
  'invalid-submission': { status: 400, title: 'The submission is not valid' },
  unauthorized: { status: 401, title: 'The credential is missing or not good' },
  forbidden: { status: 403, title: 'The credential does not allow this' },
  'route-not-found': { status: 404, title: 'There is no such address' },
  'job-not-found': { status: 404, title: 'There is no such job' },
  'page-not-found': { status: 404, title: 'There is no such page' },
  'image-not-found': { status: 404, title: 'There is no image of this page' },
  'document-not-found': { status: 404, title: 'A document could not be found' },
  'budget-not-found': { status: 404, title: 'There is no such budget' },
  'dead-letter-not-found': { status: 404, title: 'There is no such dead letter' },
  'job-not-final': { status: 409, title: 'The job has not finished yet' },
  'job-already-final': { status: 409, title: 'The job has already finished' },
  'id-conflict': { status: 409, title: 'The id belongs to another submission' },
  'no-callback': { status: 409, title: 'The job has no callback' },
  'too-large': { status: 413, title: 'The submission is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  'callback-refused': { status: 422, title: 'No callback is possible here' },
  'unknown-task': { status: 422, title: 'The task is not known' },
  'missing-language': { status: 422, title: 'A language cannot be read here' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'The service cannot answer now' },
  'webhooks-disabled': { status: 503, title: 'Webhooks are not configured' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof problems;

/** The media type of every error answer. */
export const problemMediaType = 'application/problem+json';

/** Problem details by RFC 9457. `type` is `urn:waybill:problem:<code>`, for programs. */
export const problemSchema = z.object({
  type: z.templateLiteral(['urn:waybill:problem:', z.string()]),
  title: z.string(),
  status: z.number().int().min(400).max(599),
  /** One sentence that says what to do. */
  detail: z.string(),
  /** The path that was asked for. */
  instance: z.string().optional(),
  /** What is wrong where: `pointer` is a JSON Pointer (RFC 6901) into the request. */
  errors: z.array(z.object({ pointer: z.string().optional(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The code at the end of a problem's type; undefined for problems that are not of this list. */
export function problemCodeOf(problem: Pick<Problem, 'type'>): ProblemCode | undefined {
  const code = problem.type.slice('urn:waybill:problem:'.length);
  return code in problems ? (code as ProblemCode) : undefined;
}
