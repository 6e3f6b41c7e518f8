import type { Msg, NatsConnection } from '@nats-io/transport-node';
import type { ConsumerContract } from '@waybill/contracts';
import { completed, deferred, failedRetryable, failedTerminal, type Outcome } from '@waybill/jobs';
import type { Sealer } from '@waybill/sealing';
import type { Meter, Tracer } from '@waybill/telemetry';
import type { Logger } from 'pino';
import type { AttemptCounts } from './attempt-counts.js';
import type { CancelWatch } from './cancel-watch.js';
import { Delivery } from './delivery.js';
import type { InFlight } from './in-flight.js';
import type { LastAttemptGate } from './last-attempt-gate.js';
import { openContent } from './open-content.js';
import { readPayload } from './read-payload.js';
import { Run } from './run.js';
import type { Settlement } from './settlement.js';
import { beginSpan } from './stage-span.js';
import { runWithTrace } from './trace.js';

/** What one consumer's messages are processed with. */
export interface Stage {
  readonly connection: NatsConnection;
  readonly contract: ConsumerContract;
  /** The Nest handler: gets its payload and context from the run, and gives an outcome. */
  readonly handle: (run: Run) => Promise<unknown>;
  readonly inFlight: InFlight;
  /** One for the whole process. */
  readonly gate: LastAttemptGate;
  readonly cancelWatch: CancelWatch;
  readonly attempts: AttemptCounts;
  readonly settlement: Settlement;
  /** Opens what messages hold encrypted. */
  readonly sealer: Sealer;
  readonly meter: Meter;
  readonly tracer: Tracer;
  readonly log: Logger;
}

/** A step before the handler: an outcome ends the message here, undefined lets it go on. */
type Step = (delivery: Delivery, stage: Stage) => Outcome | undefined | Promise<Outcome | undefined>;
const stepsBeforeHandler: readonly Step[] = [openContent, readPayload, skipEndedJob, countAttempts];

/** Runs messages from delivery to settlement: read, skip what is over, count attempts, handle, settle. Never rejects. */
export async function processMessages(messages: readonly Msg[], stage: Stage): Promise<void> {
  const deliveries = messages.map((message) => new Delivery(message, stage.contract, stage.connection));
  const ready = await Promise.all(deliveries.map((delivery) => prepare(delivery, stage)));
  const [first, ...rest] = deliveries.filter((_, index) => ready[index]);
  if (!first) return;
  const run = enter([first, ...rest], stage);
  const outcome = await callHandler(run, stage).catch(uncounted);
  if (rest.length > 0 && outcome.kind.startsWith('failed')) await handleOneByOne(run, stage);
  else await settleRun(run, outcome, stage);
}

/** Gives a message back unread, without an attempt being counted. Never rejects. */
export async function releaseMessage(message: Msg, stage: Stage): Promise<void> {
  const delivery = new Delivery(message, stage.contract, stage.connection);
  try {
    delivery.attempt = await stage.attempts.current(delivery);
    await stage.settlement.release(delivery);
  } catch (error) {
    stage.log.warn(
      { err: error, sequence: delivery.sequence },
      'A message could not be given back; it returns after its ack wait.',
    );
  }
}

async function prepare(delivery: Delivery, stage: Stage): Promise<boolean> {
  try {
    for (const step of stepsBeforeHandler) {
      const verdict = await step(delivery, stage);
      if (!verdict) continue;
      await settleRun(new Run([delivery], stage.log), verdict, stage);
      return false;
    }
    return true;
  } catch (error) {
    stage.log.warn(
      { err: error, sequence: delivery.sequence },
      'A message could not be prepared; it returns after its ack wait.',
    );
    return false;
  }
}

function skipEndedJob({ limits }: Delivery, { cancelWatch }: Stage): Outcome | undefined {
  if (!limits) return undefined;
  const isOver = limits.deadlineMs <= Date.now() || (limits.cancellable && cancelWatch.has(limits.jobKey));
  return isOver ? completed() : undefined;
}

async function countAttempts(delivery: Delivery, { contract, attempts }: Stage): Promise<Outcome | undefined> {
  if (delivery.deliveryCount === 1) return undefined;
  delivery.attempt = await attempts.current(delivery);
  if (delivery.attempt <= contract.maxAttempts) return undefined;
  return failedTerminal({
    code: 'worker-died',
    message: `Each of the ${contract.maxAttempts} workers that tried died or went silent.`,
  });
}

function enter(deliveries: readonly [Delivery, ...Delivery[]], stage: Stage): Run {
  const run = new Run(deliveries, stage.log);
  stage.inFlight.enter(run);
  return run;
}

function callHandler(run: Run, stage: Stage): Promise<Outcome> {
  const { contract, gate } = stage;
  const redelivered = run.deliveries.filter(({ deliveryCount }) => deliveryCount > 1);
  const call = async (): Promise<Outcome> => {
    if (run.abortedBy) return givenBack();
    if (redelivered.length > 0) await Promise.all(redelivered.map((delivery) => stage.attempts.begin(delivery)));
    return callNow(run, stage);
  };
  const isLastAttempt = redelivered.some(({ attempt }) => attempt >= contract.maxAttempts);
  return isLastAttempt ? gate.runAlone(call) : gate.runTogether(call);
}

/** The attempt could not be written down, so it was not begun. */
const uncounted = (error: unknown): Outcome => {
  const reason = error instanceof Error ? error.message : String(error);
  return failedRetryable({ code: 'unavailable', message: `The attempt could not be counted (${reason}).` });
};

async function callNow(run: Run, stage: Stage): Promise<Outcome> {
  const span = beginSpan(run, stage.tracer);
  const outcome = await callInTrace(span.traceparent, run, stage);
  const failure = 'failure' in outcome ? outcome.failure.message : undefined;
  span.end({ 'waybill.outcome': outcome.kind }, failure);
  return outcome;
}

async function callInTrace(traceparent: string, run: Run, stage: Stage): Promise<Outcome> {
  try {
    const outcome = await runWithTrace(traceparent, () => stage.handle(run));
    if (isOutcome(outcome)) return outcome;
    run.log.error('The handler gave no outcome, which is a bug.');
  } catch (error) {
    run.log.error({ err: error }, 'The handler threw, which is a bug.');
  }
  return failedRetryable({ code: 'internal', message: `The handler of ${stage.contract.name} failed unexpectedly.` });
}

/** Each message of a failed batch alone, so that one that cannot be handled does not hold up the others. */
async function handleOneByOne(batch: Run, stage: Stage): Promise<void> {
  const runs = batch.deliveries.map((delivery) => enter([delivery], stage));
  stage.inFlight.leave(batch);
  for (const run of runs) {
    if (run.first.isOurs) await settleRun(run, await callHandler(run, stage).catch(uncounted), stage);
  }
}

/** A handler that was told to stop did not fail: its job is over, or its message goes to another worker. */
function verdictOf(run: Run, outcome: Outcome): Outcome {
  if (run.abortedBy === undefined || outcome.kind === 'completed') return outcome;
  return run.abortedBy === 'drain' ? givenBack() : completed();
}

const givenBack = (): Outcome => deferred(new Date(), 'The service is stopping.');

async function settleRun(run: Run, outcome: Outcome, stage: Stage): Promise<void> {
  const verdict = verdictOf(run, outcome);
  if (verdict.kind !== 'completed')
    run.log.warn({ outcome: verdict }, `The message was not completed: ${verdict.kind}.`);
  try {
    await Promise.all(run.deliveries.map((delivery) => stage.settlement.settle(delivery, verdict)));
  } catch (error) {
    run.log.error({ err: error }, 'The message could not be settled; it returns after its ack wait.');
  } finally {
    stage.inFlight.leave(run);
    const labels = { consumer: stage.contract.name, outcome: verdict.kind };
    const value = (performance.now() - run.startedMs) / 1_000;
    stage.meter.record({ metric: 'waybill_handler_seconds', labels, value });
  }
}

function isOutcome(value: unknown): value is Outcome {
  const kinds: readonly unknown[] = ['completed', 'deferred', 'failed-retryable', 'failed-terminal'];
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(value.kind);
}
