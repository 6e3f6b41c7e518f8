import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { JobEvent, JobView } from '@waybill/contracts';
import type { NatsServer } from '@waybill/embedded-servers';
import { DOCUMENT_STORE } from '@waybill/document-store';
import { EVENT_LOG, JetstreamStrategy } from '@waybill/jetstream';
import type { DocumentStore, EventLog } from '@waybill/jobs';
import { createLogger, loadEnvironment, openService } from '@waybill/platform';
import { resultsService } from '../../../apps/results/src/results-service.js';
import { whenEnded, createTestDatabase, startTestNats } from '../../support/index.js';

export interface RunningResults {
  readonly url: string;
  readonly log: EventLog;
  readonly store: DocumentStore;
  readonly app: NestFastifyApplication;
  readonly databaseUrl: string;
  readonly nats: NatsServer;
  /** Appends events in their order. */
  append(events: readonly JobEvent[]): Promise<void>;
  /** Asks for a path, as the tenant of the stories unless headers say otherwise. */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** A job's view once it is final. */
  final(jobId: string): Promise<JobView>;
  stop(): Promise<void>;
}

/** The results service in this process, with a NATS server and a database of its own. */
export async function startResults(more: Record<string, string> = {}): Promise<RunningResults> {
  const nats = await startTestNats();
  const database = await createTestDatabase();
  const environment = loadEnvironment({
    NATS_URL: nats.url,
    DATABASE_URL: database.url,
    WAYBILL_PROVISION_AT_START: 'true',
    WAYBILL_LOG_LEVEL: 'silent',
    WAYBILL_AUTH: 'none',
    WAYBILL_DRAIN_MS: '2000',
    ...more,
  });
  const app = await openService(resultsService, environment, createLogger('results', environment));
  const url = await app.getUrl();
  const log = app.get<EventLog>(EVENT_LOG);
  const get = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { 'waybill-tenant': 'acme', ...init.headers } });
  return {
    url,
    log,
    store: app.get<DocumentStore>(DOCUMENT_STORE, { strict: false }),
    app,
    databaseUrl: environment.DATABASE_URL,
    nats,
    append: async (events) => {
      for (const event of events) await log.append(event);
    },
    get,
    final: (jobId) => whenEnded(`${url}/v1/jobs/${jobId}`, { 'waybill-tenant': 'acme' }),
    stop: async () => {
      await app.get(JetstreamStrategy).close();
      await app.close();
      await nats.stop();
      await database.drop();
    },
  };
}
