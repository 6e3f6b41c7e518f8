import { z } from 'zod';
import { redeliveryViewSchema } from './job-view.js';
import { json, ofJob, type RestRoute } from './rest-route.js';

/** A job tells of itself: its events, and the webhook. */
export const followingRoutes: readonly RestRoute[] = [
  {
    ...ofJob,
    operation: 'followJob',
    path: '/v1/jobs/{id}/events',
    summary: 'The job’s events as they happen (server-sent events), from the first one or after `Last-Event-ID`.',
    headers: z.object({ 'Last-Event-ID': z.string().optional() }),
    responses: {
      200: {
        description: 'Each event’s data is a JobEventView as JSON; the stream ends after the final one.',
        mediaType: 'text/event-stream',
        schema: z.string(),
      },
      204: { description: 'The final event has been seen already; there is nothing to reconnect for.' },
    },
    problems: ['invalid-request', 'job-not-found', 'unavailable'],
  },
  {
    ...ofJob,
    operation: 'redeliverWebhook',
    scope: 'admin',
    method: 'post',
    path: '/v1/jobs/{id}/webhook/redeliver',
    summary: 'Posts the final state to the job’s callback once more.',
    responses: { 202: json(redeliveryViewSchema, 'The delivery is queued.') },
    problems: ['invalid-request', 'job-not-found', 'job-not-final', 'no-callback', 'unavailable', 'webhooks-disabled'],
  },
];
