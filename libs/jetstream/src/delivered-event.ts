import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import { jobEventSchema, type JobEvent } from '@waybill/contracts';
import type { Delivered } from './delivered.js';

/** A stored message as an event; undefined when it is none. */
export function deliveredEvent(message: StoredMsg | JsMsg): Delivered<JobEvent> | undefined {
  const parsed = jobEventSchema.safeParse(jsonOrUndefined(message));
  if (!parsed.success) return undefined;
  return { sequence: message.seq, subject: message.subject, publishedAt: message.time, payload: parsed.data };
}

function jsonOrUndefined(message: StoredMsg | JsMsg): unknown {
  try {
    return message.json<unknown>();
  } catch {
    return undefined;
  }
}
