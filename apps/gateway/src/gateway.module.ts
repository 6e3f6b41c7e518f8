import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ACCESS, AccessModule } from '@waybill/access';
import { systemClock } from '@waybill/jobs';
import { InProcessRouteState, MemoryKeyHealth, type Purse } from '@waybill/llm-routing';
import {
  configuredProviders,
  createChatWire,
  readCatalog,
  routableCatalog,
  WatchedPolicy,
  watchedTable,
} from '@waybill/model-providers';
import { KEY_STORE, PersistenceModule, PURSE } from '@waybill/persistence';
import { ENVIRONMENT, LOGGER, type Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import type { ChatTools } from './calls/chat-tools.js';
import { unbookedPurse } from './calls/unbooked-purse.js';

/** Port `AccessControl` of the identity library. */
export { ACCESS };
export const CHAT_TOOLS = Symbol('CHAT_TOOLS');
const CHAT_WIRES = Symbol('CHAT_WIRES');

/** Nothing here is in the document store. */
const noBlobs = { read: () => Promise.reject(new Error('A chat refers to no stored document.')) };

type Wire = NonNullable<ReturnType<typeof createChatWire>>;
interface Connected {
  readonly wires: ReadonlyMap<string, Wire>;
  readonly tools: Pick<ChatTools, 'table' | 'providers'>;
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
          },
        };
      },
    },
    {
      provide: CHAT_TOOLS,
      inject: [CHAT_WIRES, PURSE, ENVIRONMENT],
      useFactory: ({ wires, tools }: Connected, purse: Purse, environment: Environment): ChatTools => ({
        ...tools,
        ...{ wires, clock: systemClock, state: new InProcessRouteState(systemClock) },
        purse: environment.WAYBILL_GATEWAY_LEDGER === 'none' ? unbookedPurse(systemClock) : purse,
        timeoutMs: environment.WAYBILL_GATEWAY_TIMEOUT_MS,
      }),
    },
  ],
})
export class GatewayModule implements OnApplicationShutdown {
  constructor(
    @Inject(CHAT_WIRES) private readonly connected: Connected,
    private readonly policy: WatchedPolicy,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.policy.close();
    await Promise.all([...this.connected.wires.values()].map((wire) => wire.close()));
  }
}
