import { tenantHeader, tenantSchema, type Scope, type Tenant } from '@waybill/contracts';
import { ProblemException } from './problem-exception.js';

/** Who makes an HTTP request, as the guard has found out. */
export interface RequestCaller {
  readonly tenant: Tenant;
  readonly scopes: readonly Scope[];
  /** What may be logged of the credential. */
  readonly credential: string;
  /** Of those who operate the stack, who may see the load of all tenants. */
  readonly isOperator?: boolean;
}

type HeadedRequest = { readonly headers: Readonly<Record<string, string | string[] | undefined>> };

const callers = new WeakMap<object, RequestCaller>();

export function rememberCaller(request: object, caller: RequestCaller): void {
  callers.set(request, caller);
}

/** @throws Error where no guard has looked at the request, which is a bug: nobody is taken for somebody */
export function callerOfRequest(request: object): RequestCaller {
  const caller = callers.get(request);
  if (caller) return caller;
  throw new Error('No guard has looked at this request; give the service a REQUEST_GUARD.');
}

/** The tenant that an HTTP request speaks for. */
export const tenantOfRequest = (request: object): Tenant => callerOfRequest(request).tenant;

/**
 * The tenant that a request names in its `Waybill-Tenant` header, if it names one.
 * @throws ProblemException (400) when the header is not a tenant's name.
 */
export function tenantNamedBy({ headers }: HeadedRequest): Tenant | undefined {
  const given = headers[tenantHeader.toLowerCase()];
  if (given === undefined) return undefined;
  const parsed = tenantSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const rule = 'use 1-48 lower-case letters, digits or hyphens, starting with a letter or digit, once';
  throw new ProblemException('invalid-tenant', `The ${tenantHeader} header is not a tenant's name; ${rule}.`, {
    errors: [{ detail: rule }],
  });
}
