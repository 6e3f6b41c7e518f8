import { restRoutes, type RestRoute, type ServiceName } from '@waybill/contracts';
import { AccessRefusal, requireScope, type AccessControl } from '@waybill/identity';
import { rememberCaller, tenantNamedBy, type RequestGuard } from '@waybill/platform';
import type { FastifyRequest } from 'fastify';
import { problemOfRefusal } from './problem-of-refusal.js';

export interface GuardedService {
  readonly service: ServiceName;
  /** What is asked of a path below `/v1` that is no route of this service: a good credential, or nothing, because another service asks. */
  readonly otherPaths: 'authenticate' | 'pass-on';
}

/** Asks of each route what the contract says. A route is known by the router's own pattern, not by the path. */
export function routeGuard(access: AccessControl, { service, otherPaths }: GuardedService): RequestGuard {
  const routes = new Map(
    restRoutes.filter((route) => route.service === service).map((route) => [placeOf(route), route]),
  );
  return async (request) => {
    const route = routes.get(placeOfRequest(request));
    if (route?.scope === 'public') return;
    if (!route && (otherPaths === 'pass-on' || !request.url.startsWith('/v1'))) return;
    try {
      const { authorization } = request.headers;
      const caller = await access.identify({ authorization, tenant: tenantNamedBy(request) });
      if (route) requireScope(caller, route.scope);
      rememberCaller(request, caller);
    } catch (error) {
      throw error instanceof AccessRefusal ? problemOfRefusal(error) : error;
    }
  };
}

/** The contract of what a request asks of a service, or undefined. */
export const routeOfRequest = (request: FastifyRequest, service: ServiceName): RestRoute | undefined => {
  const place = placeOfRequest(request);
  return restRoutes.find((route) => route.service === service && placeOf(route) === place);
};

const placeOf = ({ method, path }: RestRoute): string => `${method} ${path}`;

/** `GET /v1/jobs/:id` -> `get /v1/jobs/{id}`; HEAD is answered by what answers GET. */
function placeOfRequest({ method, routeOptions }: FastifyRequest): string {
  const written = routeOptions.url?.replace(/:(\w+)/g, '{$1}') ?? '';
  return `${method === 'HEAD' ? 'get' : method.toLowerCase()} ${written}`;
}
