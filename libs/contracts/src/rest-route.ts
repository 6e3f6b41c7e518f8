import { z, type ZodObject, type ZodType } from 'zod';
import type { Scope } from './access.js';
import type { AuditedAction } from './audit.js';
import { jobIdSchema } from './identity.js';
import type { ProblemCode } from './problem.js';
import type { ServiceName } from './streams.js';

export interface RestResponse {
  readonly description: string;
  readonly mediaType?: string;
  readonly schema?: ZodType;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the REST API as data. Paths are written as in OpenAPI: `/v1/jobs/{id}`. */
export interface RestRoute {
  readonly operation: string;
  readonly service: ServiceName;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly parameters?: ZodObject;
  readonly query?: ZodObject;
  readonly headers?: ZodObject;
  readonly request?: Readonly<Record<string, ZodType>>;
  readonly responses: Readonly<Record<number, RestResponse>>;
  readonly problems: readonly ProblemCode[];
  /** Set where the answer holds content of documents: the audit log names the access so. */
  readonly audited?: AuditedAction;
  /** What the caller's credential must allow; `public` for operations that belong to no tenant. */
  readonly scope: Scope | 'public';
}

/** What most operations have in common. */
export const results = { service: 'results', method: 'get', scope: 'read' } as const;

export const jobParameters = z.object({ id: jobIdSchema });
export const ofJob = { ...results, parameters: jobParameters } as const;

export const wholeNumber = z.coerce.number().int();

export const json = (
  schema: ZodType,
  description: string,
  headers?: Readonly<Record<string, string>>,
): RestResponse => ({
  description,
  mediaType: 'application/json',
  schema,
  ...(headers ? { headers } : {}),
});
