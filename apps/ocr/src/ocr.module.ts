import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { pageLaneConsumer, pageLanes } from '@waybill/contracts';
import type { OcrEngine, ReadingCache } from '@waybill/document-layout';
import { DOCUMENT_STORE, DocumentStoreModule, READING_CACHE, ReadingCacheModule } from '@waybill/document-store';
import { DocumentReader, limitsOf } from '@waybill/documents';
import { WatchedGuardrails } from '@waybill/guardrail-engines';
import { EVENT_LOG, JetstreamModule, NATS_CONNECTION, WORK_QUEUE } from '@waybill/jetstream';
import { KeyManagementModule } from '@waybill/key-management';
import { systemClock, type DocumentStore, type EventLog, type WorkQueue } from '@waybill/jobs';
import { chooseOcrEngine, ocrWorkerCount, readingFingerprint, readsNothing, readsRemotely } from '@waybill/ocr-engines';
import { ReadingTools } from '@waybill/page-reading';
import { ConfigurationError, ENVIRONMENT, installationHops, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { DeadLetterHandler } from './dead-letter.handler.js';
import { drawSelfTest } from './draw-self-test.js';
import { EndUnreadPage } from './end-unread-page.js';
import { GatherPages } from './gather-pages.js';
import type { PageReader } from './page-reader.js';
import { ReadDocumentPage } from './read-document-page.js';
import { LocalPictures } from './local-pictures.js';
import type { PictureReaders } from './picture-readers.js';
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

const PICTURE_READERS = Symbol('PICTURE_READERS');

/** An engine of this machine for jobs whose regions forbid the usual one; nothing where none is installed. */
async function openLocalEngine(environment: Environment, logger: Logger): Promise<OcrEngine | undefined> {
  try {
    return await chooseOcrEngine({ ...environment, WAYBILL_OCR_ENGINE: 'auto' }, drawSelfTest);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    logger.warn({ reason: error.message }, 'no engine of this machine for jobs that must not leave it');
    return undefined;
  }
}

/** Pages to layouts. */
@Module({
  imports: [
    KeyManagementModule.forService(),
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
      provide: LocalPictures,
      inject: [READING_CACHE, ENVIRONMENT, LOGGER],
      useFactory: (cache: ReadingCache, environment: Environment, logger: Logger) =>
        new LocalPictures(() => openLocalEngine(environment, logger), cache, readingFingerprint()),
    },
    {
      provide: PICTURE_READERS,
      inject: [ReadingTools, LocalPictures, ENVIRONMENT],
      useFactory: ({ pictures }: ReadingTools, local: LocalPictures, environment: Environment): PictureReaders => ({
        usual: pictures,
        ...(readsRemotely(environment) ? { onThisMachine: () => local.get() } : {}),
      }),
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
      inject: [EVENT_LOG, DOCUMENT_STORE, GatherPages, ReadingTools, ENVIRONMENT, WatchedGuardrails, PICTURE_READERS],
      useFactory: (
        events: EventLog,
        store: DocumentStore,
        pages: GatherPages,
        { decoder }: ReadingTools,
        environment: Environment,
        guardrails: WatchedGuardrails,
        readers: PictureReaders,
      ) => {
        const languages = environment.WAYBILL_OCR_LANGUAGES.split('+');
        const remotePolicy = readsRemotely(environment) ? () => guardrails.current : undefined;
        const reader: PageReader = readsNothing(environment)
          ? readNothing
          : new ReadDocumentPage(store, decoder, readers, {
              languages,
              remotePolicy,
              region: environment.WAYBILL_REGION,
              places: installationHops(environment),
            });
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
    private readonly local: LocalPictures,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.guardrails.close();
    await Promise.all([this.tools.close(), this.local.close()]);
  }
}
