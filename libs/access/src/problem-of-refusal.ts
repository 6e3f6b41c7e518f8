import type { ProblemCode } from '@waybill/contracts';
import type { AccessRefusal, RefusalKind } from '@waybill/identity';
import { ProblemException } from '@waybill/platform';

const codes: Readonly<Record<RefusalKind, ProblemCode>> = {
  missing: 'unauthorized',
  invalid: 'unauthorized',
  scope: 'forbidden',
  tenant: 'forbidden',
  limited: 'too-many-requests',
  unavailable: 'unavailable',
};

/** A refusal as HTTP says it; RFC 6750 for the challenge. */
export function problemOfRefusal({ kind, message, retryAfterMs }: AccessRefusal): ProblemException {
  const code = codes[kind];
  const challenge = kind === 'missing' ? 'Bearer' : 'Bearer error="invalid_token"';
  return new ProblemException(code, message, {
    headers: {
      ...(code === 'unauthorized' ? { 'www-authenticate': challenge } : {}),
      ...(kind === 'scope' ? { 'www-authenticate': 'Bearer error="insufficient_scope"' } : {}),
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }),
    },
  });
}
