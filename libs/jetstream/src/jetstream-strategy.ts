import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { streams } from '@waybill/contracts';
import type { Environment } from '@waybill/platform';
import type { Logger } from 'pino';
import { lastValueFrom } from 'rxjs';
import { AttemptCounts } from './attempt-counts.js';
import { CancelWatch } from './cancel-watch.js';
import { DeadLetterDesk } from './dead-letter-desk.js';
import type { Delivered } from './delivered.js';
import { handlerTable } from './handler-table.js';
import { InFlight } from './in-flight.js';
import { JetstreamContext } from './jetstream-context.js';
import { LastAttemptGate } from './last-attempt-gate.js';
import { MaxDeliveriesWatch } from './max-deliveries-watch.js';
import { processMessages, releaseMessage, type Stage } from './process-message.js';
import { managerOf } from './provision.js';
import { PullLoop } from './pull-loop.js';
import type { Run } from './run.js';
import { Settlement } from './settlement.js';
import { ackWaitMsOf } from './topology.js';
import { traceHeader, traceparentFrom } from './trace.js';
import type { TransportTools } from './transport-options.js';
import { verifyTopology } from './verify-topology.js';
import { within } from './within.js';

type TransportEnvironment = Pick<
  Environment,
  'WAYBILL_ACK_WAIT_MS' | 'WAYBILL_CONCURRENCY' | 'WAYBILL_DRAIN_MS' | 'WAYBILL_STREAM_REPLICAS'
>;

/** How often deadlines, heartbeats and lost pull requests are looked at, unless the ack wait is very short. */
const tickMs = 250;
/** What a drain's last steps may take when the server does not answer. */
const lastStepsMs = 1_000;

/** The Nest transport: feeds each handler of a service from its durable consumer. See docs/transport.md. */
export class JetstreamStrategy extends Server implements CustomTransportStrategy {
  /** Failures of handlers come to `handle` below and are settled there; Nest need not report them a second time. */
  override readonly propagatesEventHandlerErrors = true;
  private stages: Stage[] = [];
  private loops: PullLoop[] = [];
  private cancelWatch: CancelWatch | undefined;
  private ticking: NodeJS.Timeout | undefined;
  private stopping: Promise<void> | undefined;
  private isRunning = false;

  constructor(
    private readonly connection: NatsConnection,
    private readonly environment: TransportEnvironment,
    private readonly options: TransportTools,
    private readonly log: Logger,
  ) {
    super();
  }

  /** Nest's entry: checks everything first, then starts pulling. A refusal goes to the callback as its error. */
  listen(callback: (error?: unknown) => void): void {
    this.start().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Drains: stop pulling, let handlers finish within `WAYBILL_DRAIN_MS`, give back the rest. May be called twice. */
  close(): Promise<void> {
    this.stopping ??= this.drain();
    return this.stopping;
  }

  /** @throws when messages are not being pulled, with a sentence for the readiness report. */
  checkPulling(): void {
    if (!this.isRunning) throw new Error('The service is not pulling messages.');
  }

  on(): never {
    throw new Error('The JetStream transport emits no events; read its log.');
  }

  unwrap<Result>(): Result {
    return this.connection as Result;
  }

  private async start(): Promise<void> {
    const { connection, environment, log } = this;
    const handlers = handlerTable(this.options.service, this.messageHandlers);
    await verifyTopology(connection, environment, this.options.service);
    const deadLetters = new DeadLetterDesk(connection, this.options);
    const attempts = await AttemptCounts.open(connection);
    const settlement = new Settlement(deadLetters, attempts, this.options.ackAck ?? []);
    const cancelWatch = new CancelWatch(connection, log, (jobKey) => {
      for (const stage of this.stages) stage.inFlight.cancel(jobKey);
    });
    const gate = new LastAttemptGate();
    this.stages = [...handlers].map(([contract, handler]) => ({
      connection,
      contract,
      handle: (run: Run) => this.handle(handler, run),
      inFlight: new InFlight(ackWaitMsOf(contract, environment)),
      gate,
      cancelWatch,
      attempts,
      settlement,
      sealer: this.options.sealer,
      meter: this.options.meter,
      tracer: this.options.tracer,
      log,
    }));
    const advisories = new MaxDeliveriesWatch(await managerOf(connection), deadLetters, log, {
      connection,
      service: this.options.service,
    });
    this.loops = [...this.stages.flatMap((stage) => this.loopOf(stage) ?? []), advisories.loop];
    this.cancelWatch = cancelWatch;
    await cancelWatch.start();
    this.startTicking();
    void this.followConnection();
    for (const loop of this.loops) loop.start();
    this.isRunning = true;
  }

  /** None for a consumer that is left to other processes. */
  private loopOf(stage: Stage): PullLoop | undefined {
    const { name, stream, batchSize } = stage.contract;
    const slots = this.options.concurrency?.[name] ?? this.environment.WAYBILL_CONCURRENCY;
    if (slots === 0) return undefined;
    const source = { stream: streams[stream].name, consumer: name };
    return new PullLoop(this.connection, source, batchSize === undefined ? { slots } : { batchSize, keyOf: jobOf }, {
      run: (messages) => processMessages(messages, stage),
      release: (message) => releaseMessage(message, stage),
    });
  }

  /** Nest wraps a handler's result, and its error, in an Observable. */
  private async handle(handler: MessageHandler, run: Run): Promise<unknown> {
    const payload = run.first.contract.batchSize === undefined ? run.first.payload : run.deliveries.map(asDelivered);
    const result: unknown = await handler(payload, new JetstreamContext(run));
    return lastValueFrom(this.transformToObservable(result), { defaultValue: undefined });
  }

  private startTicking(): void {
    const shortestAckWaitMs = Math.min(...this.stages.map(({ contract }) => ackWaitMsOf(contract, this.environment)));
    const tick = (): void => {
      const nowMs = performance.now();
      for (const stage of this.stages) stage.inFlight.tick(nowMs);
      for (const loop of this.loops) loop.tick(nowMs);
    };
    this.ticking = setInterval(tick, Math.min(tickMs, shortestAckWaitMs / 8)).unref();
  }

  private async followConnection(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === 'disconnect') this.log.warn('The connection to NATS is lost; trying to get it back.');
      if (status.type !== 'reconnect') continue;
      this.log.info('The connection to NATS is back.');
      for (const loop of this.loops) loop.forgetRequests();
    }
  }

  private async drain(): Promise<void> {
    this.isRunning = false;
    await within(this.environment.WAYBILL_DRAIN_MS, Promise.all(this.loops.map(finish)));
    await within(lastStepsMs, Promise.all(this.stages.map((stage) => this.giveBack(stage))));
    clearInterval(this.ticking);
    await within(lastStepsMs, Promise.all([this.cancelWatch?.stop(), this.connection.flush()]));
  }

  private async giveBack(stage: Stage): Promise<void> {
    const runs = stage.inFlight.abortAll('drain');
    for (const run of runs) run.log.warn('The handler did not finish before the service had to stop.');
    const deliveries = runs.flatMap((run) => run.deliveries);
    await Promise.all(deliveries.map((delivery) => stage.settlement.release(delivery)));
  }
}

async function finish(loop: PullLoop): Promise<void> {
  await loop.stop();
  await loop.idle();
}

/** The job that a message of a batch is about; the subjects of one job begin alike (`waybill.TENANT.events.JOB.…`). */
const jobOf = ({ subject }: Msg): string => subject.split('.', 4).join('.');

const asDelivered = (delivery: Run['first']): Delivered<unknown> => ({
  sequence: delivery.sequence,
  subject: delivery.subject,
  publishedAt: delivery.publishedAt,
  traceparent: traceparentFrom(delivery.message.headers?.last(traceHeader)),
  payload: delivery.payload,
});
