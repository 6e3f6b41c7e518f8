import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ACCESS, AccessModule } from '@waybill/access';
import { systemClock } from '@waybill/jobs';
import {
  InProcessRouteState,
  MemoryKeyHealth,
  picodollarsOf,
  type AllowanceBook,
  type BudgetBook,
  type Purse,
} from '@waybill/llm-routing';
import {
  configuredProviders,
  createChatWire,
  readCatalog,
  routableCatalog,
  WatchedPolicy,
  watchedTable,
} from '@waybill/model-providers';
import { ALLOWANCE_BOOK, BUDGET_BOOK, KEY_STORE, PersistenceModule, PURSE } from '@waybill/persistence';
import { ENVIRONMENT, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import type { ChatTools } from './calls/chat-tools.js';
import { unbookedPurse } from './calls/unbooked-purse.js';
import { AllowancePurse } from './money/allowance-purse.js';

/** Port `AccessControl` of the identity library. */
export { ACCESS };
export const CHAT_TOOLS = Symbol('CHAT_TOOLS');
const CHAT_WIRES = Symbol('CHAT_WIRES');
const CHAT_PURSE = Symbol('CHAT_PURSE');

/** Nothing here is in the document store. */
const noBlobs = { read: () => Promise.reject(new Error('A chat refers to no stored document.')) };

type Wire = NonNullable<ReturnType<typeof createChatWire>>;
interface Connected {
  readonly wires: ReadonlyMap<string, Wire>;
  readonly tools: Pick<ChatTools, 'table' | 'providers' | 'simulated'>;
}

/** Chats to models. */
@Module({
  imports: [
    PersistenceModule.forRoot(),
    AccessModule.forService({ imports: [PersistenceModule.forIdentity()], keyStore: KEY_STORE }),
  ],
  providers: [
    {
      provide: WatchedPolicy,
      inject: [ENVIRONMENT, LOGGER],
      useFactory: (environment: Environment, logger: Logger) =>
        WatchedPolicy.open(environment.WAYBILL_POLICY, {
          info: (sentence) => logger.info(sentence),
          error: (sentence) => logger.error(sentence),
        }),
    },
    {
      provide: CHAT_WIRES,
      inject: [ENVIRONMENT, WatchedPolicy],
      useFactory: async (environment: Environment, policy: WatchedPolicy): Promise<Connected> => {
        const catalog = await readCatalog(environment.WAYBILL_CATALOG_OVERLAY);
        const surroundings = { keyHealth: new MemoryKeyHealth(), clock: systemClock, random: Math.random };
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
      provide: CHAT_TOOLS,
      inject: [CHAT_WIRES, CHAT_PURSE, ENVIRONMENT],
      useFactory: ({ wires, tools }: Connected, purse: Purse, environment: Environment): ChatTools => ({
        ...tools,
        ...{ wires, clock: systemClock, state: new InProcessRouteState(systemClock) },
        purse,
        timeoutMs: environment.WAYBILL_GATEWAY_TIMEOUT_MS,
      }),
    },
  ],
})
export class GatewayModule implements OnApplicationShutdown {
  constructor(
    @Inject(CHAT_WIRES) private readonly connected: Connected,
    @Inject(CHAT_PURSE) private readonly purse: Purse,
    private readonly policy: WatchedPolicy,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.policy.close();
    // No chat is under way any more, and the database is closed after this.
    if (this.purse instanceof AllowancePurse) await this.purse.close();
    await Promise.all([...this.connected.wires.values()].map((wire) => wire.close()));
  }
}
