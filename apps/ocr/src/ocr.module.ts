import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { pageLaneConsumer, pageLanes } from '@waybill/contracts';
import type { ReadingCache } from '@waybill/document-layout';
import { DOCUMENT_STORE, DocumentStoreModule, READING_CACHE, ReadingCacheModule } from '@waybill/document-store';
import { DocumentReader, limitsOf } from '@waybill/documents';
import { WatchedGuardrails } from '@waybill/guardrail-engines';
import { EVENT_LOG, JetstreamModule, NATS_CONNECTION, WORK_QUEUE } from '@waybill/jetstream';
import { systemClock, type DocumentStore, type EventLog, type WorkQueue } from '@waybill/jobs';
import { chooseOcrEngine, ocrWorkerCount, readingFingerprint, readsNothing, readsRemotely } from '@waybill/ocr-engines';
import { ReadingTools } from '@waybill/page-reading';
import { ENVIRONMENT, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { DeadLetterHandler } from './dead-letter.handler.js';
import { drawSelfTest } from './draw-self-test.js';
import { EndUnreadPage } from './end-unread-page.js';
import { GatherPages } from './gather-pages.js';
import type { PageReader } from './page-reader.js';
import { ReadDocumentPage } from './read-document-page.js';
import { PageTurns } from './page-turns.js';
import { readNothing } from './read-nothing.js';
import { ReadPageHandler } from './read-page.handler.js';
import { ReadPage } from './read-page.js';

/** Pages read at once: as many as are recognised at once; without an engine, as many as any service takes. */
const width = (environment: Environment): number =>
  readsNothing(environment) ? environment.WAYBILL_CONCURRENCY : ocrWorkerCount(environment);

/** Every lane may fill all turns while the others are empty. */
const lanes = (environment: Environment) => ({
  concurrency: Object.fromEntries(pageLanes.map((lane) => [pageLaneConsumer(lane), width(environment)])),
});

/** Pages to layouts. */
@Module({
  imports: [
    JetstreamModule.forService('ocr', lanes),
    DocumentStoreModule.forConnection(NATS_CONNECTION),
    ReadingCacheModule.forConnection(NATS_CONNECTION),
  ],
  controllers: [ReadPageHandler, DeadLetterHandler],
  providers: [
    {
      provide: ReadingTools,
      inject: [READING_CACHE, ENVIRONMENT],
      useFactory: async (cache: ReadingCache, environment: Environment) => {
        const decoder = new DocumentReader({
          threads: ocrWorkerCount(environment),
          limits: limitsOf(environment),
          pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
          textLayerCheck: environment.WAYBILL_TEXT_LAYER_CHECK,
        });
        const engine = await chooseOcrEngine(environment, drawSelfTest);
        return new ReadingTools(decoder, engine, cache, readingFingerprint());
      },
    },
    {
      provide: WatchedGuardrails,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: (environment: Environment, logger: Logger) =>
        WatchedGuardrails.open(environment.WAYBILL_GUARDRAILS, logger),
    },
    {
      provide: PageTurns,
      inject: [ENVIRONMENT],
      useFactory: (environment: Environment) => new PageTurns(width(environment)),
    },
    {
      provide: GatherPages,
      inject: [EVENT_LOG, WORK_QUEUE],
      useFactory: (events: EventLog, queue: WorkQueue) => new GatherPages(events, queue, systemClock),
    },
    {
      provide: ReadPage,
      inject: [EVENT_LOG, DOCUMENT_STORE, GatherPages, ReadingTools, ENVIRONMENT, WatchedGuardrails],
      useFactory: (
        events: EventLog,
        store: DocumentStore,
        pages: GatherPages,
        { decoder, pictures }: ReadingTools,
        environment: Environment,
        guardrails: WatchedGuardrails,
      ) => {
        const languages = environment.WAYBILL_OCR_LANGUAGES.split('+');
        const remotePolicy = readsRemotely(environment) ? () => guardrails.current : undefined;
        const reader: PageReader = readsNothing(environment)
          ? readNothing
          : new ReadDocumentPage(store, decoder, pictures, { languages, remotePolicy });
        return new ReadPage(reader, { events, store, clock: systemClock }, pages);
      },
    },
    {
      provide: EndUnreadPage,
      inject: [EVENT_LOG, GatherPages],
      useFactory: (events: EventLog, pages: GatherPages) => new EndUnreadPage(events, pages, systemClock),
    },
  ],
})
export class OcrModule implements OnApplicationShutdown {
  constructor(
    private readonly tools: ReadingTools,
    private readonly guardrails: WatchedGuardrails,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.guardrails.close();
    await this.tools.close();
  }
}
