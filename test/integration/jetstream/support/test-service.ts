import { Controller, Inject, type Type } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import {
  pageLaneConsumer,
  pageLanes,
  type DeadLetter,
  type JobEvent,
  type ReadPageWork,
  type ServiceName,
} from '@waybill/contracts';
import {
  completed,
  type AuditLog,
  type EventLog,
  type MessageContext,
  type MessageEraser,
  type Outcome,
  type WorkQueue,
} from '@waybill/jobs';
import {
  AUDIT_LOG,
  DEAD_LETTER_BOX,
  EVENT_LOG,
  EVENT_REPLAY,
  JetstreamContext,
  JetstreamModule,
  JetstreamStrategy,
  MESSAGE_ERASER,
  NATS_CONNECTION,
  QUEUE_GAUGE,
  WORK_QUEUE,
  type DeadLetterBox,
  type Delivered,
  type EventReplay,
  type JetstreamQueueGauge,
  type NatsConnection,
  type ServiceOptions,
} from '@waybill/jetstream';
import { KeyManagementModule } from '@waybill/key-management';
import { createLogger, loadEnvironment, PlatformModule } from '@waybill/platform';

const HANDLER = Symbol('HANDLER');
type Result = Outcome | Promise<Outcome>;

/** What a test lets the service do; where absent, the message is completed. */
export interface Handlers {
  readonly readPage?: (work: ReadPageWork, context: MessageContext) => Result;
  readonly ocrDeadLetters?: (letter: DeadLetter, context: MessageContext) => Result;
  readonly recordEvents?: (events: readonly Delivered<JobEvent>[], context: MessageContext) => Result;
  readonly deliverWebhook?: (work: unknown, context: MessageContext) => Result;
}

@Controller()
class OcrHandlers {
  constructor(@Inject(HANDLER) private readonly handlers: Handlers) {}

  @EventPattern<string[]>(pageLanes.map(pageLaneConsumer))
  async readPage(@Payload() work: ReadPageWork, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return (await this.handlers.readPage?.(work, context)) ?? completed();
  }

  @EventPattern<string>('ocr-dead-letters')
  async deadLetters(@Payload() letter: DeadLetter, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return (await this.handlers.ocrDeadLetters?.(letter, context)) ?? completed();
  }
}

@Controller()
class ResultsHandlers {
  constructor(@Inject(HANDLER) private readonly handlers: Handlers) {}

  @EventPattern<string>('results-record')
  async record(@Payload() events: readonly Delivered<JobEvent>[], @Ctx() context: JetstreamContext): Promise<Outcome> {
    return (await this.handlers.recordEvents?.(events, context)) ?? completed();
  }

  @EventPattern<string>('results-deliver-webhook')
  async deliver(@Payload() work: unknown, @Ctx() context: JetstreamContext): Promise<Outcome> {
    return (await this.handlers.deliverWebhook?.(work, context)) ?? completed();
  }
}

const nothing = (): void => undefined;
const quiet = { log: nothing, error: nothing, warn: nothing };

export const controllersOf = { ocr: [OcrHandlers], results: [ResultsHandlers] } as const;

export interface BedOptions extends ServiceOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly controllers?: Type[];
  readonly handlers?: Handlers;
}

/** A service as Nest runs it, with the ports it offers. */
export interface RunningService {
  readonly log: EventLog;
  readonly queue: WorkQueue;
  readonly gauge: JetstreamQueueGauge;
  readonly box: DeadLetterBox;
  readonly replay: EventReplay;
  readonly audit: AuditLog;
  readonly eraser: MessageEraser;
  readonly connection: NatsConnection;
  readonly strategy: JetstreamStrategy;
  stop(): Promise<void>;
}

/** Starts a service on a server that the test has; rejects when its boot is refused. */
export async function startJetstreamService(
  service: ServiceName,
  natsUrl: string,
  { env = {}, controllers = [...(controllersOf[service as 'ocr'] ?? [])], handlers = {}, ...options }: BedOptions = {},
): Promise<RunningService> {
  const environment = loadEnvironment({
    NATS_URL: natsUrl,
    WAYBILL_PROVISION_AT_START: 'true',
    WAYBILL_LOG_LEVEL: 'silent',
    WAYBILL_LOG_FORMAT: 'json',
    ...env,
  });
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.with(environment, createLogger(service, environment), service),
      KeyManagementModule.forService(),
      JetstreamModule.forService(service, options),
    ],
    controllers,
    providers: [{ provide: HANDLER, useValue: handlers }],
  })
    .setLogger(quiet)
    .compile();
  const strategy = module.get(JetstreamStrategy);
  const app = module.createNestMicroservice({ strategy });
  try {
    await app.listen();
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    log: module.get(EVENT_LOG),
    queue: module.get(WORK_QUEUE),
    gauge: module.get(QUEUE_GAUGE),
    box: module.get(DEAD_LETTER_BOX),
    replay: module.get(EVENT_REPLAY),
    audit: module.get(AUDIT_LOG),
    eraser: module.get(MESSAGE_ERASER),
    connection: module.get(NATS_CONNECTION),
    strategy,
    stop: () => app.close(),
  };
}
