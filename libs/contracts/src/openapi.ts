import type { ZodType } from 'zod';
import { blobReferenceSchema } from './blob-reference.js';
import { budgetViewSchema } from './budget.js';
import { deadLetterSchema } from './dead-letter.js';
import { failureSchema } from './failure.js';
import { documentResultSchema, extractedFieldSchema } from './job-result.js';
import { routeAttemptSchema } from './route-receipt.js';
import {
  acceptanceViewSchema,
  deadLetterViewSchema,
  documentViewSchema,
  jobEventViewSchema,
  jobLinksSchema,
  jobListViewSchema,
  jobViewSchema,
  layoutViewSchema,
  pageViewSchema,
  resultViewSchema,
  routeViewSchema,
  webhookMessageSchema,
} from './job-view.js';
import { overviewViewSchema } from './overview.js';
import { pageLayoutSchema } from './page-layout.js';
import { problemMediaType, problems, problemSchema, type ProblemCode } from './problem.js';
import type { RestResponse, RestRoute } from './rest-route.js';
import { apiVersion, restRoutes, tenantHeadersSchema } from './rest-routes.js';
import { routeExplanationSchema, routeQuestionSchema, routingViewSchema } from './routing-view.js';
import { buildSchemaCatalog, type SchemaCatalog, type SchemaDocument } from './schema-catalog.js';
import { submissionSchema } from './submission.js';
import { taskSchema } from './task.js';
import { usageRowSchema, usageViewSchema } from './usage.js';

/** Schemas that have a name in the document; whatever else is used stands where it is used. */
const namedSchemas: Readonly<Record<string, ZodType>> = {
  Submission: submissionSchema,
  Task: taskSchema,
  Acceptance: acceptanceViewSchema,
  Job: jobViewSchema,
  JobLinks: jobLinksSchema,
  JobList: jobListViewSchema,
  JobEvent: jobEventViewSchema,
  Document: documentViewSchema,
  Result: resultViewSchema,
  Route: routeViewSchema,
  RouteAttempt: routeAttemptSchema,
  DocumentResult: documentResultSchema,
  ExtractedField: extractedFieldSchema,
  Layout: layoutViewSchema,
  PageLayout: pageLayoutSchema,
  Page: pageViewSchema,
  Failure: failureSchema,
  BlobReference: blobReferenceSchema,
  DeadLetter: deadLetterSchema,
  DeadLetterSummary: deadLetterViewSchema,
  Overview: overviewViewSchema,
  Routing: routingViewSchema,
  RouteQuestion: routeQuestionSchema,
  RouteExplanation: routeExplanationSchema,
  Budget: budgetViewSchema,
  Usage: usageViewSchema,
  UsageRow: usageRowSchema,
  WebhookMessage: webhookMessageSchema,
  Problem: problemSchema,
};

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key of Waybill, or a JWT of the configured issuer. Each operation names the scope that it needs.',
  },
};

/** The REST API as OpenAPI 3.1, generated from `restRoutes`. */
export function openApiDocument(): SchemaDocument {
  const catalog = buildSchemaCatalog(namedSchemas);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of restRoutes) (paths[route.path] ??= {})[route.method] = operation(route, catalog);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Waybill',
      version: apiVersion,
      description: 'Documents and images in, verified answers out. One base address: the intake service.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    webhooks: { jobFinished: { post: webhook(catalog) } },
    components: { schemas: catalog.components, securitySchemes },
  };
}

function operation(route: RestRoute, catalog: SchemaCatalog): SchemaDocument {
  const parameters = [
    ...parametersIn('path', route.parameters, catalog),
    ...parametersIn('query', route.query, catalog),
    ...parametersIn('header', route.headers, catalog),
    ...(route.scope === 'public' ? [] : parametersIn('header', tenantHeadersSchema, catalog)),
  ];
  return {
    operationId: route.operation,
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'reference'],
    ...(route.scope === 'public' ? {} : { security: [{ bearer: [route.scope] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.request ? { requestBody: { required: true, content: contentOf(route.request, catalog) } } : {}),
    responses: { ...successes(route, catalog), ...refusals(route) },
  };
}

function parametersIn(place: 'path' | 'query' | 'header', schema: RestRoute['query'], catalog: SchemaCatalog) {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const type = field as ZodType;
    return { name, in: place, required: place === 'path', schema: catalog.of(type) };
  });
}

const contentOf = (request: Readonly<Record<string, ZodType>>, catalog: SchemaCatalog) =>
  Object.fromEntries(Object.entries(request).map(([type, schema]) => [type, { schema: catalog.of(schema) }]));

function successes(route: RestRoute, catalog: SchemaCatalog) {
  const described = ({ description, mediaType, schema, headers }: RestResponse) => ({
    description,
    ...(headers ? { headers: headersOf(headers) } : {}),
    ...(mediaType && schema ? { content: { [mediaType]: { schema: catalog.of(schema) } } } : {}),
  });
  return Object.fromEntries(Object.entries(route.responses).map(([status, response]) => [status, described(response)]));
}

const headersOf = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );

/** What every operation of a tenant may answer before it has begun. */
const ofEveryCaller: readonly ProblemCode[] = ['invalid-tenant', 'unauthorized', 'forbidden', 'too-many-requests'];

/** One response for each status, naming all the problem types that share it. */
function refusals(route: RestRoute) {
  const codes = route.scope === 'public' ? route.problems : [...ofEveryCaller, ...route.problems, 'internal' as const];
  const statuses = [...new Set(codes.map((code) => problems[code].status))].sort();
  const described = (status: number) =>
    codes
      .filter((code) => problems[code].status === status)
      .map((code) => `${code}: ${problems[code].title}.`)
      .join(' ');
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: described(status),
        content: { [problemMediaType]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function webhook(catalog: SchemaCatalog): SchemaDocument {
  return {
    operationId: 'jobFinished',
    summary: 'Posted to a job’s callback when it is final, signed by the Standard Webhooks convention.',
    parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
      name,
      in: 'header',
      required: true,
      schema: { type: 'string' },
    })),
    requestBody: { required: true, content: contentOf({ 'application/json': webhookMessageSchema }, catalog) },
    responses: {
      '2XX': { description: 'Received. No further delivery is made.' },
      410: { description: 'Gone for good. No further delivery is made.' },
      default: { description: 'Not received. The delivery is tried again, later each time.' },
    },
  };
}
