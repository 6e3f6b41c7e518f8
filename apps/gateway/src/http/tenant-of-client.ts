import { createHash, timingSafeEqual } from 'node:crypto';
import type { Tenant } from '@waybill/contracts';
import { ProblemException, tenantOfRequest, type Environment } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';
import { DoorError } from './door-error.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Who is asking: by the key where keys are set, by the tenant header where they are not. @throws DoorError 401, 400 */
export function tenantOfClient(keys: Environment['WAYBILL_GATEWAY_KEYS']): (request: FastifyRequest) => Tenant {
  if (!keys) return tenantByHeader;
  const known = keys.map(({ tenant, secret }) => ({ tenant, digest: digest(secret) }));
  return ({ headers: { authorization = '' } }) => {
    const given = digest(authorization.replace(/^Bearer\s+/i, ''));
    const found = known.find((key) => timingSafeEqual(key.digest, given));
    if (found) return found.tenant;
    const sentence = 'The API key is not known here; send one of WAYBILL_GATEWAY_KEYS as "Authorization: Bearer …".';
    throw new DoorError(401, 'invalid_api_key', sentence);
  };
}

function tenantByHeader(request: FastifyRequest): Tenant {
  try {
    return tenantOfRequest(request);
  } catch (error) {
    if (!(error instanceof ProblemException)) throw error;
    throw new DoorError(400, 'invalid_request', error.problem.detail ?? error.message);
  }
}
