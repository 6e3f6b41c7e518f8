import type { JobEventView } from '@waybill/contracts';
import { parseServerSentEvents } from '@waybill/client/server-sent-events';
import { ask } from './ask.js';

const againAfterMs = 2_000;

/** Browsers do not all iterate a stream by themselves. */
async function* bytesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/**
 * A job's events from the first to the last one. An EventSource cannot carry a key, so the stream is read here; after a
 * break it goes on behind the last event that was seen. Ends with the job, or when the signal aborts.
 */
export async function* followJob(jobId: string, signal: AbortSignal): AsyncGenerator<JobEventView> {
  let last = '';
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = last === '' ? {} : { 'last-event-id': last };
      const answer = await ask(`/v1/jobs/${jobId}/events`, { headers, signal });
      if (answer.status === 204 || !answer.body) return;
      for await (const { id, data } of parseServerSentEvents(bytesOf(answer.body))) {
        last = id ?? last;
        const event = JSON.parse(data) as JobEventView;
        yield event;
        if (event.type === 'job-finished') return;
      }
    } catch (error) {
      if (signal.aborted) return;
      const status = (error as { status?: number }).status ?? 0;
      if (status >= 400 && status < 500) return;
    }
    await new Promise((resolve) => setTimeout(resolve, againAfterMs));
  }
}
