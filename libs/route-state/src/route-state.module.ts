import { Inject, Module, type DynamicModule, type ModuleMetadata, type OnApplicationShutdown } from '@nestjs/common';
import type { InjectionToken } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { systemClock } from '@waybill/jobs';
import type { LimitBook } from '@waybill/llm-routing';
import { LOGGER, PrometheusMeter } from '@waybill/platform';
import type { Logger } from 'pino';
import { NatsRouteState } from './nats-route-state.js';

/** The ports `RouteState` and `KeyHealth` of `@waybill/llm-routing`, in one object. */
export const ROUTE_STATE = Symbol('ROUTE_STATE');

/** Where the limits come from: made from what is injected. */
export interface RouteStateSources<Injected extends unknown[]> {
  readonly inject: InjectionToken[];
  readonly limits: (...injected: Injected) => LimitBook | Promise<LimitBook>;
  /** What a worker does while NATS is away. Default `wait`. */
  readonly whenAway?: 'wait' | 'go-on';
  /** The modules that provide what is injected and the connection, unless they are global. */
  readonly imports?: ModuleMetadata['imports'];
}

const LIMIT_BOOK = Symbol('LIMIT_BOOK');

/** Provides ROUTE_STATE, shared by all workers; writes what it still holds at shutdown. */
@Module({})
export class RouteStateModule implements OnApplicationShutdown {
  constructor(@Inject(ROUTE_STATE) private readonly state: NatsRouteState) {}

  /** Over a connection that somebody else opens and closes. @param connection token of a NatsConnection */
  static forConnection<Injected extends unknown[]>(
    connection: InjectionToken,
    { inject, limits, whenAway = 'wait', imports = [] }: RouteStateSources<Injected>,
  ): DynamicModule {
    return {
      module: RouteStateModule,
      imports,
      providers: [
        { provide: LIMIT_BOOK, inject, useFactory: limits },
        {
          provide: ROUTE_STATE,
          inject: [connection, LIMIT_BOOK, LOGGER, PrometheusMeter],
          useFactory: async (nats: NatsConnection, book: LimitBook, log: Logger, meter: PrometheusMeter) =>
            await NatsRouteState.open(nats, { limits: book, clock: systemClock, log, meter, whenAway }),
        },
      ],
      exports: [ROUTE_STATE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.state.close();
  }
}
