import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { ServiceName } from '@waybill/contracts';
import {
  ENVIRONMENT,
  LOGGER,
  MASTER_KEYS,
  PrometheusMeter,
  ReadinessChecks,
  SEALER,
  TRACER,
  type Environment,
} from '@waybill/platform';
import type { MasterKeys, Sealer } from '@waybill/sealing';
import { measureEvent, spansOfEvent, type Tracer } from '@waybill/telemetry';
import type { Logger } from 'pino';
import { connect } from './connect.js';
import { DeadLetterBox } from './dead-letter-box.js';
import { EventReplay } from './event-replay.js';
import { JetstreamBatchQueue } from './jetstream-batch-queue.js';
import { JetstreamAuditLog } from './jetstream-audit-log.js';
import { JetstreamEventLog, type Appended } from './jetstream-event-log.js';
import { JetstreamLaneGauge } from './jetstream-lane-gauge.js';
import { JetstreamMessageEraser } from './jetstream-message-eraser.js';
import { JetstreamQueueGauge } from './jetstream-queue-gauge.js';
import { JetstreamRoomGauge } from './jetstream-room-gauge.js';
import { JetstreamSharedStates } from './jetstream-shared-states.js';
import { JetstreamStrategy } from './jetstream-strategy.js';
import { JetstreamWorkQueue } from './jetstream-work-queue.js';
import { PageDepths } from './page-depths.js';
import { provision } from './provision.js';
import { Publisher } from './publisher.js';
import { readTimeoutMs } from './reading.js';
import {
  BATCH_QUEUE,
  AUDIT_LOG,
  DEAD_LETTER_BOX,
  EVENT_LOG,
  EVENT_REPLAY,
  LANE_GAUGE,
  MESSAGE_ERASER,
  NATS_CONNECTION,
  QUEUE_GAUGE,
  ROOM_GAUGE,
  SHARED_STATES,
  TRANSPORT_OPTIONS,
  WORK_QUEUE,
} from './tokens.js';
import type { ServiceOptions, TransportOptions, TransportTools } from './transport-options.js';
import { currentTraceparent } from './trace.js';
import { openSealer } from './sealing/open-sealer.js';
import { within } from './within.js';

/** A connection whose server is away cannot be drained, only closed. */
const drainMs = 1_000;
const MANAGER = Symbol('JETSTREAM_MANAGER');
const APPENDED = Symbol('APPENDED');
const TRANSPORT_TOOLS = Symbol('TRANSPORT_TOOLS');

const providers: Provider[] = [
  {
    provide: NATS_CONNECTION,
    inject: [ENVIRONMENT, TRANSPORT_OPTIONS],
    useFactory: async (environment: Environment, { service }: TransportOptions): Promise<NatsConnection> => {
      const connection = await connect(environment, `waybill-${service}`);
      if (environment.WAYBILL_PROVISION_AT_START) await provision(connection, environment);
      return connection;
    },
  },
  {
    provide: MANAGER,
    inject: [NATS_CONNECTION],
    useFactory: (connection: NatsConnection) =>
      jetstreamManager(connection, { checkAPI: false, timeout: readTimeoutMs }),
  },
  {
    provide: SEALER,
    inject: [NATS_CONNECTION, MASTER_KEYS],
    useFactory: (connection: NatsConnection, masters: MasterKeys | undefined) => openSealer(connection, masters),
  },
  {
    provide: Publisher,
    inject: [NATS_CONNECTION, SEALER],
    useFactory: (connection: NatsConnection, sealer: Sealer) => new Publisher(connection, sealer),
  },
  {
    provide: APPENDED,
    inject: [PrometheusMeter, TRACER],
    useFactory:
      (meter: PrometheusMeter, tracer: Tracer): Appended =>
      (event) => {
        for (const measurement of measureEvent(event)) meter.record(measurement);
        tracer.record(currentTraceparent(), () => spansOfEvent(event));
      },
  },
  {
    provide: EVENT_LOG,
    inject: [NATS_CONNECTION, MANAGER, Publisher, APPENDED],
    useFactory: (connection: NatsConnection, manager: JetStreamManager, publisher: Publisher, appended: Appended) =>
      new JetstreamEventLog(connection, manager, publisher, appended),
  },
  {
    provide: WORK_QUEUE,
    inject: [Publisher, MANAGER],
    useFactory: (publisher: Publisher, manager: JetStreamManager) =>
      new JetstreamWorkQueue(publisher, new PageDepths(manager)),
  },
  {
    provide: BATCH_QUEUE,
    inject: [Publisher],
    useFactory: (publisher: Publisher) => new JetstreamBatchQueue(publisher),
  },
  {
    provide: ROOM_GAUGE,
    inject: [MANAGER],
    useFactory: (manager: JetStreamManager) => new JetstreamRoomGauge(manager),
  },
  {
    provide: QUEUE_GAUGE,
    inject: [MANAGER],
    useFactory: (manager: JetStreamManager) => new JetstreamQueueGauge(manager),
  },
  {
    provide: LANE_GAUGE,
    inject: [MANAGER],
    useFactory: (manager: JetStreamManager) => new JetstreamLaneGauge(manager),
  },
  {
    provide: DEAD_LETTER_BOX,
    inject: [MANAGER, Publisher],
    useFactory: (manager: JetStreamManager, publisher: Publisher) => new DeadLetterBox(manager, publisher),
  },
  {
    // The log outlives the keys of its tenants and holds no content, so it is not encrypted.
    provide: AUDIT_LOG,
    inject: [MANAGER, NATS_CONNECTION],
    useFactory: (manager: JetStreamManager, connection: NatsConnection) =>
      new JetstreamAuditLog(manager, new Publisher(connection)),
  },
  {
    provide: MESSAGE_ERASER,
    inject: [NATS_CONNECTION, MANAGER, SEALER],
    useFactory: (connection: NatsConnection, manager: JetStreamManager, sealer: Sealer) =>
      new JetstreamMessageEraser(connection, manager, sealer),
  },
  {
    provide: SHARED_STATES,
    inject: [NATS_CONNECTION],
    useFactory: (connection: NatsConnection) => new JetstreamSharedStates(connection),
  },
  {
    provide: EVENT_REPLAY,
    inject: [MANAGER, SEALER],
    useFactory: (manager: JetStreamManager, sealer: Sealer) => new EventReplay(manager, sealer),
  },
  {
    provide: TRANSPORT_TOOLS,
    inject: [TRANSPORT_OPTIONS, SEALER],
    useFactory: (options: TransportOptions, sealer: Sealer): TransportTools => ({ ...options, sealer }),
  },
  {
    provide: JetstreamStrategy,
    inject: [NATS_CONNECTION, ENVIRONMENT, TRANSPORT_TOOLS, LOGGER],
    useFactory: (connection: NatsConnection, environment: Environment, tools: TransportTools, log: Logger) =>
      new JetstreamStrategy(connection, environment, tools, log),
  },
];

const exported = [
  NATS_CONNECTION,
  SEALER,
  EVENT_LOG,
  WORK_QUEUE,
  BATCH_QUEUE,
  QUEUE_GAUGE,
  ROOM_GAUGE,
  LANE_GAUGE,
  DEAD_LETTER_BOX,
  EVENT_REPLAY,
  AUDIT_LOG,
  MESSAGE_ERASER,
  SHARED_STATES,
  JetstreamStrategy,
];

/** One connection, the strategy and the ports of a service. Global: imported once, in the service's root module. */
@Module({})
export class JetstreamModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    @Inject(JetstreamStrategy) private readonly strategy: JetstreamStrategy,
    @Inject(ReadinessChecks) private readonly readiness: ReadinessChecks,
    @Inject(TRANSPORT_OPTIONS) private readonly options: TransportOptions,
  ) {}

  /** Options that depend on the configuration come as a function of it. */
  static forService(
    service: ServiceName,
    options: ServiceOptions | ((environment: Environment) => ServiceOptions) = {},
  ): DynamicModule {
    const transportOptions = {
      provide: TRANSPORT_OPTIONS,
      inject: [ENVIRONMENT, PrometheusMeter, TRACER],
      useFactory: (environment: Environment, meter: PrometheusMeter, tracer: Tracer): TransportOptions => ({
        service,
        meter,
        tracer,
        ...(typeof options === 'function' ? options(environment) : options),
      }),
    };
    return {
      module: JetstreamModule,
      global: true,
      providers: [transportOptions, ...providers],
      exports: exported,
    };
  }

  onModuleInit(): void {
    this.readiness.register('nats', async () => void (await this.connection.rtt()), this.options.need);
    this.readiness.register('handlers', () => this.strategy.checkPulling(), this.options.need);
  }

  /** Comes after Nest has closed the strategy, so that nothing is under way any more. */
  async onApplicationShutdown(): Promise<void> {
    await this.strategy.close();
    if (this.connection.isClosed()) return;
    await within(drainMs, this.connection.drain());
    await this.connection.close();
  }
}
