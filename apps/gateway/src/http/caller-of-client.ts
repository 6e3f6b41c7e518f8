import { createHash, timingSafeEqual } from 'node:crypto';
import type { Scope } from '@waybill/contracts';
import { AccessRefusal, requireScope, type AccessControl, type Caller, type RefusalKind } from '@waybill/identity';
import { ProblemException, tenantNamedBy, type Environment } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';
import { DoorError } from './door-error.js';

/** Who is asking, if they may. @throws DoorError 401, 403, 400, 429, 503 */
export type CallerOf = (request: FastifyRequest, scope: Scope) => Promise<DoorCaller>;
export type DoorCaller = Pick<Caller, 'tenant' | 'credential'>;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const answers: Readonly<Record<RefusalKind, readonly [status: number, code: string]>> = {
  missing: [401, 'invalid_api_key'],
  invalid: [401, 'invalid_api_key'],
  scope: [403, 'permission_denied'],
  tenant: [403, 'permission_denied'],
  limited: [429, 'rate_limit_exceeded'],
  unavailable: [503, 'unavailable'],
};

/** By the door's own keys where there are some, and by what every other door takes. */
export function callerOfClient(
  { WAYBILL_GATEWAY_KEYS: keys = [], WAYBILL_AUTH: auth }: Pick<Environment, 'WAYBILL_GATEWAY_KEYS' | 'WAYBILL_AUTH'>,
  access: AccessControl,
): CallerOf {
  const known = keys.map(({ tenant, secret }) => ({ tenant, digest: digest(secret) }));
  const keyOf = (authorization: string) => {
    const given = digest(authorization.replace(/^Bearer\s+/i, ''));
    return known.find((key) => timingSafeEqual(key.digest, given));
  };
  return async (request, scope) => {
    const { authorization = '' } = request.headers;
    const found = known.length === 0 ? undefined : keyOf(authorization);
    try {
      if (found) {
        const caller = { tenant: found.tenant, credential: 'gateway' };
        await access.count(caller);
        return caller;
      }
      if (known.length > 0 && auth === 'none') throw new AccessRefusal('invalid', 'The API key is not known here.');
      const caller = await access.identify({ authorization, tenant: tenantNamedBy(request) });
      requireScope(caller, scope);
      return caller;
    } catch (error) {
      throw doorErrorOfRefusal(error);
    }
  };
}

function doorErrorOfRefusal(error: unknown): unknown {
  if (error instanceof ProblemException) return new DoorError(400, 'invalid_request', error.problem.detail);
  if (!(error instanceof AccessRefusal)) return error;
  const [status, code] = answers[error.kind];
  const retryAt = error.retryAfterMs === undefined ? undefined : new Date(Date.now() + error.retryAfterMs);
  return new DoorError(status, code, error.message, retryAt ? { retryAt } : {});
}
