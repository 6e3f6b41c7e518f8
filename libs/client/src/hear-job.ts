import type { Subscription } from '@nats-io/transport-node';
import { jobEventSchema, type JobEvent } from '@waybill/contracts';

/**
 * The events that a subscription to one job hears, until the final one. A server passes on also what its stream then
 * refuses, so of events that are unique (acceptance, page endings, the end) only the first counts. Kinds that this version
 * does not know are skipped. Where content is encrypted at rest, events over NATS are outlines: the final one comes without its
 * result and problems, which the API gives, and those that are nothing without content are skipped. The subscription collects from its making on, not from the first `next`.
 */
export async function* hearJob(heard: Subscription, signal: AbortSignal | undefined): AsyncGenerator<JobEvent> {
  const stop = (): void => heard.unsubscribe();
  signal?.addEventListener('abort', stop, { once: true });
  const seen = new Set<string>();
  try {
    signal?.throwIfAborted();
    for await (const { data, subject } of heard) {
      const event = parseEvent(data);
      if (event === undefined || (isUnique(event) && seen.has(subject))) continue;
      seen.add(subject);
      yield event;
      if (event.type === 'job-finished') return;
    }
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

const isUnique = ({ type }: JobEvent): boolean =>
  type === 'job-accepted' || type === 'page-read' || type === 'page-failed' || type === 'job-finished';

function parseEvent(data: Uint8Array): JobEvent | undefined {
  try {
    const event = JSON.parse(new TextDecoder().decode(data)) as { readonly sealed?: string };
    return jobEventSchema.safeParse(event.sealed === undefined ? event : { problems: [], ...event }).data;
  } catch {
    return undefined;
  }
}
