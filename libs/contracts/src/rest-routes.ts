import { z } from 'zod';
import { dataRoutes } from './data-routes.js';
import { deadLetterRoutes } from './dead-letter-routes.js';
import { documentRoutes } from './document-routes.js';
import { followingRoutes } from './following-routes.js';
import { tenantSchema } from './identity.js';
import { jobRoutes } from './job-routes.js';
import { moneyRoutes } from './money-routes.js';
import { operatorRoutes } from './operator-routes.js';
import { json, results, type RestRoute } from './rest-route.js';

/** Version of the interfaces that OpenAPI and AsyncAPI describe; it follows semantic versioning. */
export const apiVersion = '1.0.0';

/** Repeats the tenant of the credential; the operator names another one with it. See docs/identity.md. */
export const tenantHeader = 'Waybill-Tenant';

const referenceRoutes: readonly RestRoute[] = [
  {
    ...results,
    operation: 'getOpenApi',
    scope: 'public',
    path: '/openapi.json',
    summary: 'This description of the REST API.',
    responses: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1.') },
    problems: [],
  },
  {
    ...results,
    operation: 'getAsyncApi',
    scope: 'public',
    path: '/asyncapi.json',
    summary: 'The description of the messages on NATS.',
    responses: { 200: json(z.record(z.string(), z.unknown()), 'AsyncAPI 3.') },
    problems: [],
  },
];

/** Every operation. Controllers are tested against this list, and OpenAPI is generated from it. */
export const restRoutes: readonly RestRoute[] = [
  ...jobRoutes,
  ...documentRoutes,
  ...followingRoutes,
  ...deadLetterRoutes,
  ...operatorRoutes,
  ...dataRoutes,
  ...moneyRoutes,
  ...referenceRoutes,
];

/** Request headers that every operation of a tenant reads. */
export const tenantHeadersSchema = z.object({ [tenantHeader]: tenantSchema.optional() });
