import { z } from 'zod';
import { deadLetterSchema } from './dead-letter.js';
import { jobIdSchema } from './identity.js';
import { deadLetterListViewSchema, replayViewSchema } from './job-view.js';
import { json, results, wholeNumber, type RestRoute } from './rest-route.js';

export const deadLetterParametersSchema = z.object({ id: z.string().regex(/^\d{1,16}$/, 'use the id of a listing') });
export const deadLetterListQuerySchema = z.strictObject({
  stage: z.string().max(64).optional(),
  job: jobIdSchema.optional(),
  limit: wholeNumber.min(1).max(500).default(100),
});

/** Messages given up. */
export const deadLetterRoutes: readonly RestRoute[] = [
  {
    ...results,
    operation: 'listDeadLetters',
    scope: 'admin',
    path: '/v1/dead-letters',
    summary: 'Messages of the tenant that were given up, newest first.',
    query: deadLetterListQuerySchema,
    responses: { 200: json(deadLetterListViewSchema, 'The dead letters.') },
    problems: ['invalid-request', 'unavailable'],
  },
  {
    ...results,
    operation: 'getDeadLetter',
    audited: 'read-dead-letter',
    scope: 'admin',
    path: '/v1/dead-letters/{id}',
    summary: 'One dead letter with the original message.',
    parameters: deadLetterParametersSchema,
    responses: { 200: json(deadLetterSchema.extend({ id: z.string() }), 'The dead letter.') },
    problems: ['invalid-request', 'dead-letter-not-found', 'unavailable'],
  },
  {
    ...results,
    operation: 'replayDeadLetter',
    scope: 'admin',
    method: 'post',
    path: '/v1/dead-letters/{id}/replay',
    summary: 'Publishes the original message again.',
    parameters: deadLetterParametersSchema,
    responses: { 202: json(replayViewSchema, 'The message is queued again.') },
    problems: ['invalid-request', 'dead-letter-not-found', 'unavailable'],
  },
];
