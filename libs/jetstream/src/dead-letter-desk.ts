import type { MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import {
  deadLetterSubject,
  jobIdSchema,
  tenantOfSubject,
  tenantSchema,
  type DeadLetter,
  type Failure,
} from '@waybill/contracts';
import { messageIds } from '@waybill/jobs';
import type { Sealer } from '@waybill/sealing';
import type { Meter } from '@waybill/telemetry';
import { Publisher } from './publisher.js';

/** A message that is given up, as its stream has it. */
export interface GivenUp {
  readonly stage: string;
  readonly stream: string;
  readonly sequence: number;
  readonly subject: string;
  readonly publishedAt: Date;
  readonly headers: MsgHdrs | undefined;
  readonly data: Uint8Array;
  readonly attempts: number;
  /** The payload as far as it could be parsed. */
  readonly payload: unknown;
}

/** Room for the rest of the letter and its headers within the server's largest payload. */
const envelopeBytes = 16_384;

/** Writes dead letters. A second letter about the same message is dropped by its message id. */
export class DeadLetterDesk {
  private readonly publisher: Publisher;

  constructor(
    private readonly connection: NatsConnection,
    private readonly tools: { readonly meter: Meter; readonly sealer: Sealer },
  ) {
    this.publisher = new Publisher(connection, tools.sealer);
  }

  /** Resolves when the letter is durable. @throws StageError when it is not. */
  async write(message: GivenUp, failure: Failure): Promise<void> {
    const letter = this.letter(message, failure);
    await this.publisher.publish(deadLetterSubject(letter.tenant, message.stage), JSON.stringify(letter), {
      messageId: messageIds.deadLetter(message.stage, message.stream, message.sequence),
    });
    const labels = { consumer: message.stage, code: failure.code };
    this.tools.meter.record({ metric: 'waybill_dead_letters_total', labels, value: 1 });
  }

  private letter(message: GivenUp, failure: Failure): DeadLetter {
    const jobId = jobIdOf(message.payload);
    const payload = Buffer.from(message.data).toString('base64');
    const fits = payload.length + envelopeBytes <= (this.connection.info?.max_payload ?? 1_048_576);
    const lost = ` Its payload of ${message.data.length} bytes was too large to be kept.`;
    return {
      version: 1,
      tenant: tenantSchema.safeParse(tenantOfSubject(message.subject)).data ?? tenantSchema.parse('default'),
      ...(jobId === undefined ? {} : { jobId }),
      stage: message.stage,
      failure: { stage: message.stage, ...failure, message: fits ? failure.message : failure.message + lost },
      attempts: message.attempts,
      at: new Date().toISOString(),
      original: {
        stream: message.stream,
        sequence: message.sequence,
        subject: message.subject,
        publishedAt: message.publishedAt.toISOString(),
        headers: headersWithoutServers(message.headers),
        payload: fits ? payload : '',
      },
    };
  }
}

/** `Nats-*` headers steer the server (message id, expected sequence): they would steer a replay wrongly. */
function headersWithoutServers(given: MsgHdrs | undefined): Record<string, string[]> {
  const names = given?.keys().filter((name) => !name.toLowerCase().startsWith('nats-')) ?? [];
  return Object.fromEntries(names.map((name) => [name, given?.values(name) ?? []]));
}

/** Work and events name their job in `jobId`, submissions in `id`. */
function jobIdOf(payload: unknown): DeadLetter['jobId'] {
  const { jobId, id } = (typeof payload === 'object' && payload !== null ? payload : {}) as {
    jobId?: unknown;
    id?: unknown;
  };
  return jobIdSchema.safeParse(jobId ?? id).data;
}
