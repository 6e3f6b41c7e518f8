import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { tenantSchema, type JobEvent, type JobEventType, type JobId, type JobKey } from '@waybill/contracts';
import { connect, EVENT_LOG, JetstreamStrategy } from '@waybill/jetstream';
import type { EventLog } from '@waybill/jobs';
import { createLogger, loadEnvironment, openService } from '@waybill/platform';
import sharp from 'sharp';
import { intakeService } from '../../../apps/intake/src/intake-service.js';
import { patient, startTestNats } from '../../support/index.js';

export interface TestIntake {
  readonly url: string;
  readonly nats: NatsConnection;
  readonly manager: JetStreamManager;
  readonly events: EventLog;
  /** The events of a job up to the first one of this type. */
  until(job: JobKey, type: JobEventType): Promise<JobEvent[]>;
  /** All messages that a stream holds, parsed. */
  messagesOf<Message>(stream: string): Promise<Message[]>;
  stop(): Promise<void>;
}

export const job = (jobId: string, tenant = 'default'): JobKey => ({
  tenant: tenantSchema.parse(tenant),
  jobId: jobId as JobId,
});

/** A real intake in this process, with its own nats-server unless the variables name one. */
export async function startIntake(variables: Record<string, string> = {}): Promise<TestIntake> {
  const server = variables['NATS_URL'] === undefined ? await startTestNats() : undefined;
  const environment = loadEnvironment({
    NATS_URL: server?.url,
    WAYBILL_PROVISION_AT_START: 'true',
    WAYBILL_AUTH: 'none',
    WAYBILL_LOG_LEVEL: process.env['WAYBILL_TEST_LOG'] ?? 'silent',
    ...variables,
  });
  const app: NestFastifyApplication = await openService(
    intakeService,
    environment,
    createLogger('intake', environment),
  );
  const nats = await connect(environment, 'intake-test');
  const manager = await jetstreamManager(nats, patient);
  const events = app.get<EventLog>(EVENT_LOG);
  return {
    url: await app.getUrl(),
    nats,
    manager,
    events,
    until: (key, type) => eventsUntil(events, key, type),
    messagesOf: (stream) => messagesOf(manager, stream),
    stop: async () => {
      await app.get(JetstreamStrategy).close();
      await app.close();
      await nats.close();
      await server?.stop();
    },
  };
}

async function eventsUntil(events: EventLog, key: JobKey, type: JobEventType): Promise<JobEvent[]> {
  const seen: JobEvent[] = [];
  const enough = new AbortController();
  for await (const { event } of events.follow(key, 0, enough.signal)) {
    seen.push(event);
    if (event.type === type) break;
  }
  enough.abort();
  return seen;
}

async function messagesOf<Message>(manager: JetStreamManager, stream: string): Promise<Message[]> {
  const { first_seq: first, last_seq: last } = (await manager.streams.info(stream)).state;
  const messages: Message[] = [];
  for (let seq = first; seq <= last; seq += 1) {
    const message = await manager.streams.getMessage(stream, { seq }).catch(() => null);
    if (message) messages.push(message.json<Message>());
  }
  return messages;
}

/** A small real picture; another `grey` gives other bytes. */
export const picture = (grey = 200): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r: grey, g: grey, b: grey } } })
    .png()
    .toBuffer();

/** A TIFF of so many pages. */
export const pictures = async (pages: number): Promise<Buffer> =>
  sharp(await Promise.all(Array.from({ length: pages }, (_, page) => picture(50 + page))), { join: { animated: true } })
    .tiff()
    .toBuffer();
