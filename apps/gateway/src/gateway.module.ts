import { Inject, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { ACCESS, AccessModule } from '@waybill/access';
import { consumers } from '@waybill/contracts';
import { DOCUMENT_STORE, DocumentStoreModule } from '@waybill/document-store';
import { BATCH_QUEUE, JetstreamModule, NATS_CONNECTION, SHARED_STATES } from '@waybill/jetstream';
import { KeyManagementModule } from '@waybill/key-management';
import {
  fileKeptMs,
  systemClock,
  type BatchBook,
  type BatchQueue,
  type DocumentStore,
  type FileShelf,
} from '@waybill/jobs';
import {
  picodollarsOf,
  type AllowanceBook,
  type BudgetBook,
  type ChatReceiptBook,
  type KeyHealth,
  type Purse,
  type RouteState,
} from '@waybill/llm-routing';
import {
  configuredLimits,
  configuredProviders,
  createChatWire,
  readCatalog,
  routableCatalog,
  WatchedPolicy,
  WatchedPrior,
  WatchedPolicyModule,
  WatchedPriorModule,
  watchedTable,
} from '@waybill/model-providers';
import {
  ALLOWANCE_BOOK,
  BATCH_BOOK,
  BUDGET_BOOK,
  CHAT_RECEIPT_BOOK,
  FILE_SHELF,
  KEY_STORE,
  PersistenceModule,
  PURSE,
} from '@waybill/persistence';
import {
  ENVIRONMENT,
  fetchPolicy,
  LOGGER,
  readRetentionPolicy,
  TRACER,
  WebFetch,
  RepeatedSweep,
  type Environment,
} from '@waybill/platform';
import { ROUTE_STATE, RouteStateModule } from '@waybill/route-state';
import type { Tracer } from '@waybill/telemetry';
import type { Logger } from 'pino';
import { EmbedPictures } from './addresses/embed-pictures.js';
import { AnswerLine } from './batches/answer-line.js';
import { BatchDesk } from './batches/batch-desk.js';
import { BatchHandler } from './batches/batch.handler.js';
import { EndGivenUp } from './batches/end-given-up.js';
import { PlanBatch } from './batches/plan-batch.js';
import { SweepBatches } from './batches/sweep-batches.js';
import { TendBatch } from './batches/tend-batch.js';
import { WriteAnswers } from './batches/write-answers.js';
import type { ChatTools } from './calls/chat-tools.js';
import { CompleteChat } from './calls/complete-chat.js';
import { unbookedPurse } from './calls/unbooked-purse.js';
import type { OpenedGuards } from './guard/guards.module.js';
import { FileDesk } from './files/file-desk.js';
import { AllowancePurse } from './money/allowance-purse.js';
import { ShrinkPictures } from './pictures/shrink-pictures.js';

/** Port `AccessControl` of the identity library. */
export { ACCESS };
export const CHAT_TOOLS = Symbol('CHAT_TOOLS');
const CHAT_WIRES = Symbol('CHAT_WIRES');
const CHAT_PURSE = Symbol('CHAT_PURSE');
const CHAT_GUARDS = Symbol('CHAT_GUARDS');

/** Nothing here is in the document store. */
const noBlobs = { read: () => Promise.reject(new Error('A chat refers to no stored document.')) };

type Wire = NonNullable<ReturnType<typeof createChatWire>>;
interface Connected {
  readonly wires: ReadonlyMap<string, Wire>;
  readonly tools: Pick<ChatTools, 'table' | 'providers' | 'simulated'>;
}

const pictures: Provider = {
  provide: EmbedPictures,
  inject: [ENVIRONMENT],
  useFactory: (environment: Environment) => new EmbedPictures(new WebFetch(fetchPolicy(environment)), environment),
};

const sizes: Provider = {
  provide: ShrinkPictures,
  inject: [WatchedPolicy, ENVIRONMENT],
  useFactory: (policy: WatchedPolicy, { WAYBILL_MAX_PIXELS: maxPixels }: Environment) => {
    // What decodes pictures is loaded with the first one that is too large.
    const shrink = async (bytes: Uint8Array, edgePx: number): Promise<Uint8Array> =>
      await (await import('./pictures/picture-shrinker.module.js')).shrinkWith(bytes, { edgePx, maxPixels });
    return new ShrinkPictures(shrink, () => policy.current.chatPictures);
  },
};

const chats: Provider = {
  provide: CompleteChat,
  inject: [CHAT_TOOLS],
  useFactory: (tools: ChatTools) => new CompleteChat(tools),
};

const batches: Provider[] = [
  {
    provide: FileDesk,
    inject: [FILE_SHELF, DOCUMENT_STORE, ENVIRONMENT],
    useFactory: async (shelf: FileShelf, store: DocumentStore, { WAYBILL_RETENTION: path }: Environment) => {
      const policy = await readRetentionPolicy(path);
      return new FileDesk({ shelf, store, clock: systemClock, keptMs: (tenant) => fileKeptMs(policy, tenant) });
    },
  },
  {
    provide: BatchDesk,
    inject: [BATCH_BOOK, BATCH_QUEUE, FileDesk],
    useFactory: (book: BatchBook, queue: BatchQueue, files: FileDesk) =>
      new BatchDesk({ book, queue, files, clock: systemClock }),
  },
  {
    provide: TendBatch,
    inject: [BATCH_BOOK, BATCH_QUEUE, FileDesk, DOCUMENT_STORE, ENVIRONMENT],
    useFactory: (
      book: BatchBook,
      queue: BatchQueue,
      files: FileDesk,
      store: DocumentStore,
      { WAYBILL_GATEWAY_MAX_BODY_BYTES: maxLineBytes }: Environment,
    ) => {
      const plan = new PlanBatch({ book, queue, files, store, clock: systemClock, maxLineBytes });
      return new TendBatch(book, { plan, write: new WriteAnswers({ book, files, store }) }, systemClock);
    },
  },
  {
    provide: AnswerLine,
    inject: [CompleteChat, BATCH_BOOK, BATCH_QUEUE, DOCUMENT_STORE, ENVIRONMENT],
    useFactory: (
      complete: CompleteChat,
      book: BatchBook,
      queue: BatchQueue,
      store: DocumentStore,
      { WAYBILL_GATEWAY_TIMEOUT_MS: timeoutMs }: Environment,
    ) => new AnswerLine(complete, { book, queue, store, timeoutMs }),
  },
  {
    provide: EndGivenUp,
    inject: [BATCH_BOOK, BATCH_QUEUE],
    useFactory: (book: BatchBook, queue: BatchQueue) => new EndGivenUp(book, queue, systemClock),
  },
  {
    provide: RepeatedSweep,
    inject: [BATCH_BOOK, BATCH_QUEUE, ENVIRONMENT, LOGGER],
    useFactory: (book: BatchBook, queue: BatchQueue, environment: Environment, log: Logger) =>
      new RepeatedSweep(
        [new SweepBatches({ book, queue, clock: systemClock })],
        () => environment.WAYBILL_EXPIRY_SWEEP_MS,
        log,
      ),
  },
];

/** Chats to models, and batches of them. */
@Module({
  imports: [
    // What answers chats goes on while NATS is away: with its own state of models, and without batches.
    KeyManagementModule.forService(),
    JetstreamModule.forService('gateway', ({ WAYBILL_GATEWAY_BATCH_LINES: lines }) => ({
      concurrency: { [consumers.answerLine.name]: lines },
      need: 'useful',
    })),
    DocumentStoreModule.forConnection(NATS_CONNECTION),
    RouteStateModule.forConnection(NATS_CONNECTION, {
      inject: [ENVIRONMENT],
      limits: configuredLimits,
      whenAway: 'go-on',
    }),
    PersistenceModule.forRoot(),
    WatchedPolicyModule,
    WatchedPriorModule,
    AccessModule.forService({
      imports: [PersistenceModule.forIdentity()],
      keyStore: KEY_STORE,
      shared: SHARED_STATES,
    }),
  ],
  controllers: [BatchHandler],
  providers: [
    pictures,
    sizes,
    chats,
    ...batches,
    {
      provide: CHAT_WIRES,
      inject: [ENVIRONMENT, WatchedPolicy, ROUTE_STATE],
      useFactory: async (environment: Environment, policy: WatchedPolicy, keyHealth: KeyHealth): Promise<Connected> => {
        const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
        const surroundings = { keyHealth, clock: systemClock, random: Math.random };
        const configured = await configuredProviders(environment, catalog, { ...surroundings, blobs: noBlobs });
        const wires = configured.connections.flatMap((connection) => createChatWire(connection, surroundings) ?? []);
        return {
          wires: new Map(wires.map((wire) => [wire.id, wire])),
          tools: {
            table: watchedTable(routableCatalog(catalog, configured), policy),
            providers: configured.providers,
            simulated: configured.simulated,
          },
        };
      },
    },
    {
      provide: CHAT_PURSE,
      inject: [PURSE, ALLOWANCE_BOOK, BUDGET_BOOK, ENVIRONMENT, LOGGER],
      useFactory: (purse: Purse, book: AllowanceBook, budgets: BudgetBook, environment: Environment, log: Logger) => {
        if (environment.WAYBILL_GATEWAY_LEDGER === 'none') return unbookedPurse(systemClock);
        const most = picodollarsOf(environment.WAYBILL_GATEWAY_ALLOWANCE_USD);
        if (most === 0n) return purse;
        const onTrouble = (err: unknown) => log.warn({ err }, 'The books of chats cannot be kept now; trying again.');
        return new AllowancePurse({ purse, book, budgets }, { clock: systemClock, most, onTrouble });
      },
    },
    {
      provide: CHAT_GUARDS,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: async (environment: Environment, logger: Logger): Promise<OpenedGuards | undefined> => {
        const { WAYBILL_GATEWAY_GUARDRAILS: when, WAYBILL_GUARDRAILS: path } = environment;
        if (when === 'off' || (when === 'auto' && path === undefined)) return undefined;
        const { openGuards } = await import('./guard/guards.module.js');
        return await openGuards(environment, logger);
      },
    },
    {
      provide: CHAT_TOOLS,
      inject: [
        ...[CHAT_WIRES, CHAT_PURSE, CHAT_GUARDS, ROUTE_STATE, EmbedPictures, ShrinkPictures],
        ...[ENVIRONMENT, TRACER, WatchedPrior, CHAT_RECEIPT_BOOK, LOGGER],
      ],
      useFactory: (
        { wires, tools }: Connected,
        purse: Purse,
        guarded: OpenedGuards | undefined,
        state: RouteState,
        pictures: EmbedPictures,
        sizes: ShrinkPictures,
        environment: Environment,
        tracer: Tracer,
        prior: WatchedPrior,
        receipts: ChatReceiptBook,
        log: Logger,
      ): ChatTools => ({
        ...tools,
        ...{ wires, clock: systemClock, state, pictures, sizes, tracer, prior: () => prior.current },
        ...(guarded ? { guards: guarded.guards } : {}),
        ...{ purse, log },
        // Where no book is kept there is no database.
        receipts: environment.WAYBILL_GATEWAY_LEDGER === 'none' ? undefined : receipts,
        timeoutMs: environment.WAYBILL_GATEWAY_TIMEOUT_MS,
      }),
    },
  ],
})
export class GatewayModule implements OnApplicationShutdown {
  constructor(
    @Inject(CHAT_WIRES) private readonly connected: Connected,
    @Inject(CHAT_PURSE) private readonly purse: Purse,
    private readonly pictures: EmbedPictures,
    private readonly chats: CompleteChat,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    // No chat is under way any more, and the database is closed after this.
    if (this.purse instanceof AllowancePurse) await this.purse.close();
    await this.chats.close();
    await Promise.all([this.pictures, ...this.connected.wires.values()].map((each) => each.close()));
  }
}
