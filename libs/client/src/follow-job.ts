import { jobEventViewSchema, type JobEventView } from '@waybill/contracts';
import { retryDelayMs, type RetryPolicy } from '@waybill/jobs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerSentEvent } from './server-sent-events.js';

/** The one thing that following a job asks of the API. */
export interface EventSource {
  events(id: string, afterEventId: string | undefined, signal: AbortSignal): AsyncIterable<ServerSentEvent>;
}

const reconnectPolicy: RetryPolicy = { baseMs: 200, maxMs: 5_000, factor: 2, jitter: 0.2 };
const maxErrorsInARow = 10;

/**
 * The life of a job, each event once, from its acceptance to its final state. A broken connection is resumed after
 * the last event seen; the service may be away for about half a minute. `isFinal` tells a refusal, which stays one however
 * often it is asked, from an absent or overloaded service, which may come back.
 */
export async function* followJob(
  source: EventSource,
  id: string,
  signal: AbortSignal,
  isFinal: (error: unknown) => boolean,
): AsyncGenerator<JobEventView> {
  let lastEventId: string | undefined;
  let silentConnections = 0;
  let errors = 0;
  for (;;) {
    try {
      for await (const message of source.events(id, lastEventId, signal)) {
        silentConnections = 0;
        errors = 0;
        if (message.id !== undefined) lastEventId = message.id;
        const event = parseEvent(message.data);
        if (event === undefined) continue;
        yield event;
        if (event.type === 'job-finished') return;
      }
    } catch (error) {
      signal.throwIfAborted();
      errors += 1;
      if (isFinal(error) || errors >= maxErrorsInARow) throw error;
    }
    silentConnections += 1;
    await delay(retryDelayMs(silentConnections, reconnectPolicy, Math.random()), undefined, { signal });
  }
}

/** Undefined for kinds of events that this version does not know. */
function parseEvent(data: string): JobEventView | undefined {
  try {
    return jobEventViewSchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
