import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { consumers, streams, type ConsumerContract } from '@waybill/contracts';
import type { NatsConnection } from '@waybill/jetstream';
import { patient } from '../../../support/index.js';

export interface QueueState {
  /** Messages that the stream still keeps. */
  readonly kept: number;
  /** Messages of the consumer that nobody has been given yet. */
  readonly waiting: number;
  /** Messages of the consumer that somebody holds, or that wait for their next delivery. */
  readonly unsettled: number;
}

/** What the server says of a consumer and its stream. */
export async function queueState(connection: NatsConnection, contract: ConsumerContract): Promise<QueueState> {
  const manager = await jetstreamManager(connection, patient);
  const stream = streams[contract.stream].name;
  const [info, consumer] = await Promise.all([
    manager.streams.info(stream),
    manager.consumers.info(stream, contract.name),
  ]);
  return { kept: info.state.messages, waiting: consumer.num_pending, unsettled: consumer.num_ack_pending };
}

/** Asks the server until the state is as wanted; the test's own time limit ends a wait in vain. */
export async function untilQueue(
  connection: NatsConnection,
  contract: ConsumerContract,
  isAsWanted: (state: QueueState) => boolean,
): Promise<QueueState> {
  for (;;) {
    const state = await queueState(connection, contract);
    if (isAsWanted(state)) return state;
    await pause(2);
  }
}

export const isEmpty = ({ kept, unsettled }: QueueState): boolean => kept === 0 && unsettled === 0;
export const { readPage, recordEvents } = consumers;
