import { z } from 'zod';
import { layoutViewSchema, pageViewSchema, resultViewSchema, routeViewSchema } from './job-view.js';
import type { ProblemCode } from './problem.js';
import { jobParameters, json, ofJob, results, wholeNumber, type RestRoute } from './rest-route.js';

export const pageParametersSchema = z.object({ ...jobParameters.shape, n: wholeNumber.min(1) });
/** With `document` (from 0), `n` counts in that document; without, over all documents of the job. */
export const pageQuerySchema = z.strictObject({ document: wholeNumber.min(0).optional() });

const ofFinishedJob: readonly ProblemCode[] = ['invalid-request', 'job-not-found', 'job-not-final', 'unavailable'];
const ofStoredPages: readonly ProblemCode[] = [...ofFinishedJob, 'document-not-found'];
const ofPage: readonly ProblemCode[] = [...ofStoredPages, 'page-not-found'];
const rendered = (operation: string, suffix: string, mediaType: string, what: string): RestRoute => ({
  ...ofJob,
  audited: 'read-text',
  operation,
  path: `/v1/jobs/{id}/${suffix}`,
  summary: `All pages that were read, ${what}.`,
  responses: { 200: { description: 'The pages in order.', mediaType, schema: z.string() } },
  problems: ofStoredPages,
});

/** What a job came to, and what was read. */
export const documentRoutes: readonly RestRoute[] = [
  {
    ...ofJob,
    operation: 'getRoute',
    audited: 'read-result',
    path: '/v1/jobs/{id}/route',
    summary:
      'How the job is routed, while it is under way too: candidates, estimates, choices, what came of each, what it cost. For a chat of the OpenAI-compatible door, by the id of its answer or its `x-request-id`, when it has ended.',
    responses: {
      200: json(routeViewSchema, 'Every attempt on every document so far; none where no model was needed.'),
    },
    problems: ['invalid-request', 'job-not-found', 'unavailable'],
  },
  {
    ...ofJob,
    operation: 'getResult',
    audited: 'read-result',
    path: '/v1/jobs/{id}/result',
    summary: 'The answer of a finished job, as often as wanted.',
    responses: { 200: json(resultViewSchema, 'The answer, or why there is none.') },
    problems: ofFinishedJob,
  },
  {
    ...ofJob,
    operation: 'getLayout',
    audited: 'read-layout',
    path: '/v1/jobs/{id}/layout',
    summary: 'Words, lines, blocks, tables and key-values of all pages that were read, with normalised boxes.',
    responses: { 200: json(layoutViewSchema, 'The layouts in page order.') },
    problems: ofStoredPages,
  },
  rendered('getMarkdown', 'markdown', 'text/markdown; charset=utf-8', 'as Markdown'),
  rendered('getHtml', 'html', 'text/html; charset=utf-8', 'as HTML'),
  rendered('getText', 'text', 'text/plain; charset=utf-8', 'as plain text'),
  rendered('getCsv', 'csv', 'text/csv; charset=utf-8', 'as CSV of their tables, in which nothing is a formula'),
  {
    ...results,
    operation: 'getPage',
    audited: 'read-page',
    path: '/v1/jobs/{id}/pages/{n}',
    summary: 'One page, as soon as it has ended.',
    parameters: pageParametersSchema,
    query: pageQuerySchema,
    responses: { 200: json(pageViewSchema, 'How the page ended, and its layout.') },
    problems: ofPage,
  },
  {
    ...results,
    operation: 'getPageImage',
    audited: 'read-page-image',
    path: '/v1/jobs/{id}/pages/{n}/image',
    summary: 'The image of one page that was read.',
    parameters: pageParametersSchema,
    query: pageQuerySchema,
    responses: { 200: { description: 'The displayed page, PNG or JPEG.', mediaType: 'image/*', schema: z.string() } },
    problems: [...ofPage, 'image-not-found'],
  },
  {
    ...results,
    operation: 'getPageOverlay',
    audited: 'read-page-image',
    path: '/v1/jobs/{id}/pages/{n}/overlay',
    summary: 'The page with the boxes of what was found on it, coloured by confidence, to look at.',
    parameters: pageParametersSchema,
    query: pageQuerySchema,
    responses: { 200: { description: 'One self-contained picture.', mediaType: 'image/svg+xml', schema: z.string() } },
    problems: [...ofPage, 'image-not-found'],
  },
];
