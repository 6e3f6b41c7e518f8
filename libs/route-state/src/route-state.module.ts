import { Inject, Module, type DynamicModule, type ModuleMetadata, type OnApplicationShutdown } from '@nestjs/common';
import type { InjectionToken } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { systemClock } from '@waybill/jobs';
import type { LimitBook } from '@waybill/llm-routing';
import { LOGGER } from '@waybill/platform';
import type { Logger } from 'pino';
import { NatsRouteState } from './nats-route-state.js';

/** The ports `RouteState` and `KeyHealth` of `@waybill/llm-routing`, in one object. */
export const ROUTE_STATE = Symbol('ROUTE_STATE');

/** Where the limits come from, and the modules that provide that. */
export interface RouteStateSources {
  /** Token of a `LimitBook`. */
  readonly limits: InjectionToken;
  readonly imports?: ModuleMetadata['imports'];
}

/** Provides ROUTE_STATE, shared by all workers; writes what it still holds at shutdown. */
@Module({})
export class RouteStateModule implements OnApplicationShutdown {
  constructor(@Inject(ROUTE_STATE) private readonly state: NatsRouteState) {}

  /** Over a connection that somebody else opens and closes. @param connection token of a NatsConnection */
  static forConnection(connection: InjectionToken, { limits, imports = [] }: RouteStateSources): DynamicModule {
    return {
      module: RouteStateModule,
      imports,
      providers: [
        {
          provide: ROUTE_STATE,
          inject: [connection, limits, LOGGER],
          useFactory: async (nats: NatsConnection, book: LimitBook, log: Logger): Promise<NatsRouteState> =>
            await NatsRouteState.open(nats, { limits: book, clock: systemClock, log }),
        },
      ],
      exports: [ROUTE_STATE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.state.close();
  }
}
