import { buckets, consumers, streams, type ConsumerContract } from '@waybill/contracts';

/**
 * Streams that a backup takes while the consumers are held, each before those that its handlers write to: what a
 * handler finishes in between is then either still to be done in the one, or done in the other.
 */
const heldOrder: readonly string[] = [
  streams.advisories.name,
  streams.submissions.name,
  streams.batches.name,
  streams.pages.name,
  streams.reasoning.name,
  streams.deadLetters.name,
  streams.events.name,
  streams.webhooks.name,
  `KV_${buckets.attempts.name}`,
  'KV_waybill-paid-answers',
];

/** What workers learn and agree upon at a moment, and a cache: both come again by themselves. */
const leftOut: readonly string[] = [`KV_${buckets.routeState.name}`, 'KV_waybill-readings'];

/**
 * Consumers whose handlers write into streams that are taken before their own: nothing of theirs may be under way.
 * None of them parks a message for long.
 */
const cyclic: readonly ConsumerContract[] = [
  consumers.plan,
  consumers.intakeDeadLetters,
  consumers.ocrDeadLetters,
  consumers.reasoningDeadLetters,
  consumers.gatewayDeadLetters,
];

export interface BackupOrder {
  /** Taken first, while no consumer delivers. */
  readonly held: readonly string[];
  /** Bytes by reference: taken when the consumers deliver again, since what the events name was stored before them. */
  readonly stores: readonly string[];
}

/** Sorts a server's streams into the order in which a backup takes them; streams of others are not in it. */
export function backupOrder(names: readonly string[]): BackupOrder {
  const known = heldOrder.filter((name) => names.includes(name));
  const own = names.filter((name) => /^(WAYBILL_|KV_waybill-|OBJ_waybill-)/.test(name) && !leftOut.includes(name));
  const others = own.filter((name) => !heldOrder.includes(name)).toSorted();
  const queues = others.filter((name) => name.startsWith('WAYBILL_'));
  return { held: [...queues, ...known], stores: others.filter((name) => !queues.includes(name)) };
}

/** True for consumers that must have nothing under way before the first stream is taken. */
export const mustBeIdle = (consumer: string): boolean => cyclic.some(({ name }) => name === consumer);
