import { tenantHeader, tenantSchema, type Tenant } from '@waybill/contracts';
import { ProblemException } from './problem-exception.js';

/**
 * The tenant that an HTTP request speaks for: its `Waybill-Tenant` header, or `default`.
 * @throws ProblemException (400) when the header is not a tenant's name.
 */
export function tenantOfRequest(request: { headers: Record<string, string | string[] | undefined> }): Tenant {
  const given = request.headers[tenantHeader.toLowerCase()] ?? 'default';
  const parsed = tenantSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const rule = 'use 1-48 lower-case letters, digits or hyphens, starting with a letter or digit, once';
  throw new ProblemException('invalid-tenant', `The ${tenantHeader} header is not a tenant's name; ${rule}.`, {
    errors: [{ detail: rule }],
  });
}
