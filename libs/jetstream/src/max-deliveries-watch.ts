import type { JetStreamManager } from '@nats-io/jetstream';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { streams, type ServiceName } from '@waybill/contracts';
import { orMissing } from '@waybill/nats-answers';
import type { Logger } from 'pino';
import type { DeadLetterDesk } from './dead-letter-desk.js';
import { PullLoop, type PullWork } from './pull-loop.js';
import { advisoryConsumerName, consumersOf } from './topology.js';

interface Advisory {
  readonly stream: string;
  readonly consumer: string;
  readonly stream_seq: number;
  readonly deliveries: number;
}

const retryNak = '-NAK {"delay":5000000000}';

/**
 * Hears which messages the server delivers no more because no worker ever settled them, and makes dead letters of them.
 * The advisories are kept in a stream, so that none is missed while no service runs.
 */
export class MaxDeliveriesWatch implements PullWork {
  readonly loop: PullLoop;

  constructor(
    private readonly manager: JetStreamManager,
    private readonly deadLetters: DeadLetterDesk,
    private readonly log: Logger,
    source: { readonly connection: NatsConnection; readonly service: ServiceName },
  ) {
    const consumer = advisoryConsumerName(source.service);
    this.known = consumersOf(source.service).map((contract) => contract.name);
    this.loop = new PullLoop(source.connection, { stream: streams.advisories.name, consumer }, { slots: 1 }, this);
  }

  private readonly known: readonly string[];

  async run([message]: readonly [Msg, ...Msg[]]): Promise<void> {
    try {
      await this.bury(message.json<Advisory>());
      message.respond('+ACK');
    } catch (error) {
      this.log.error({ err: error }, 'A message whose workers died has no dead letter yet; it is tried again.');
      message.respond(retryNak);
    }
  }

  async release(message: Msg): Promise<void> {
    message.respond('-NAK');
  }

  private async bury(advisory: Advisory): Promise<void> {
    if (!this.known.includes(advisory.consumer)) return;
    const { stream, consumer: stage, stream_seq: sequence, deliveries } = advisory;
    const stored = await orMissing(this.manager.streams.getMessage(stream, { seq: sequence }));
    if (!stored) return;
    this.log.error({ stage, stream, sequence, deliveries }, 'The workers of a message died at every delivery.');
    await this.deadLetters.write(
      {
        stage,
        stream,
        sequence,
        subject: stored.subject,
        publishedAt: stored.time,
        headers: stored.header,
        data: stored.data,
        attempts: deliveries,
        payload: jsonOrUndefined(stored.data),
      },
      { code: 'worker-died', message: `Each of the ${deliveries} workers that tried died or went silent.` },
    );
    const isQueue = Object.values(streams).some((known) => known.name === stream && known.retention === 'workqueue');
    if (isQueue) await this.manager.streams.deleteMessage(stream, sequence, false);
  }
}

function jsonOrUndefined(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
}
