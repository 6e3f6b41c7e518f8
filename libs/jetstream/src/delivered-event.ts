import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import { jobEventSchema, type JobEvent } from '@waybill/contracts';
import { isSealedMessage, openMessage, type Sealer } from '@waybill/sealing';
import { StageError } from '@waybill/jobs';
import type { Delivered } from './delivered.js';

/** A stored message as an event; undefined when it is none, or when its tenant's keys were erased. */
export async function deliveredEvent(
  message: StoredMsg | JsMsg,
  sealer: Sealer,
): Promise<Delivered<JobEvent> | undefined> {
  const stored = jsonOrUndefined(message);
  const parsed = jobEventSchema.safeParse(isSealedMessage(stored) ? await openedOrGone(sealer, stored) : stored);
  if (!parsed.success) return undefined;
  return { sequence: message.seq, subject: message.subject, publishedAt: message.time, payload: parsed.data };
}

/** Those of several messages that are events, in their order. */
export async function deliveredEvents(messages: readonly StoredMsg[], sealer: Sealer): Promise<Delivered<JobEvent>[]> {
  const events = await Promise.all(messages.map((message) => deliveredEvent(message, sealer)));
  return events.filter((event) => event !== undefined);
}

async function openedOrGone(sealer: Sealer, stored: unknown): Promise<unknown> {
  try {
    return await openMessage(sealer, stored);
  } catch (error) {
    if (error instanceof StageError && !error.retryable) return undefined;
    throw error;
  }
}

function jsonOrUndefined(message: StoredMsg | JsMsg): unknown {
  try {
    return message.json<unknown>();
  } catch {
    return undefined;
  }
}
