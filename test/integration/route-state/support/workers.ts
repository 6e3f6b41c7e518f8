import { setTimeout as pause } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { systemClock, type Clock } from '@waybill/jobs';
import {
  ModelError,
  type Admission,
  type CallIntent,
  type CallLimits,
  type CallOutcome,
  type ModelFailureKind,
} from '@waybill/llm-routing';
import { createLogger, loadEnvironment } from '@waybill/platform';
import { NatsRouteState } from '@waybill/route-state';
import { silentMeter } from '@waybill/telemetry';

export const provider = 'acme';
export const model = 'acme/large:2026-01@eu';
export const noLimits: CallLimits = { keys: [{ id: 'only', weight: 1 }], rate: {} };

export const log = createLogger('route-state-test', loadEnvironment({ WAYBILL_LOG_LEVEL: 'silent' }));

/** Stands still: how long a slow machine takes is no time. Beside processes that have the system's clock it runs as that does. */
export type Pace = 'still' | 'runs';

/** A clock that a test moves. */
export class TestClock implements Clock {
  private aheadMs = 0;
  private readonly start = systemClock.now();

  constructor(private readonly pace: Pace) {}

  now(): Date {
    const from = this.pace === 'still' ? this.start : systemClock.now();
    return new Date(from.getTime() + this.aheadMs);
  }

  advance(ms: number): void {
    this.aheadMs += ms;
  }
}

/** Workers, each with a connection of its own, as if each were a process. */
export class Workers {
  readonly clock: TestClock;
  readonly connections: NatsConnection[] = [];
  readonly states: NatsRouteState[] = [];

  constructor(
    private readonly url: string,
    private readonly limits: CallLimits = noLimits,
    pace: Pace = 'still',
  ) {
    this.clock = new TestClock(pace);
  }

  async start(count: number): Promise<NatsRouteState[]> {
    const started = await Promise.all(Array.from({ length: count }, () => this.open()));
    // In one order, whichever connected first.
    this.connections.push(...started.map(({ connection }) => connection));
    this.states.push(...started.map(({ state }) => state));
    return started.map(({ state }) => state);
  }

  /** What a process leaves when it is killed: nothing said, nothing written. */
  async kill(index: number): Promise<void> {
    await this.connections[index]?.close();
  }

  async stop(): Promise<void> {
    await Promise.all(this.states.map((state) => state.close()));
    await Promise.all(this.connections.map((connection) => connection.close()));
  }

  private async open(): Promise<{ readonly connection: NatsConnection; readonly state: NatsRouteState }> {
    const connection = await connect({ servers: this.url });
    const state = await NatsRouteState.open(connection, {
      limits: () => this.limits,
      clock: this.clock,
      log,
      meter: silentMeter,
      // A slow disk is not what these tests are about.
      answerWithinMs: 30_000,
    });
    return { connection, state };
  }
}

export const intent = (more: Partial<CallIntent> = {}): CallIntent => ({
  ...{ model, provider, inputTokens: 80, outputTokens: 20 },
  ...more,
});

/** @throws when the call has to wait */
export function admitted(admission: Admission): Extract<Admission, { kind: 'admitted' }> {
  if (admission.kind === 'admitted') return admission;
  throw new Error(`It has to wait until ${admission.until.toISOString()}: ${admission.reason}`);
}

export const failed = (kind: ModelFailureKind, until?: Date) =>
  ({ kind: 'failed', error: new ModelError(kind, `it is ${kind}`, { ...(until && { until }) }) }) as const;

export const answered: Extract<CallOutcome, { kind: 'answered' }> = {
  kind: 'answered',
  ...{ firstTokenMs: 300, totalMs: 1_300, outputTokens: 20 },
  ...{ estimatedInputTokens: 80, billedInputTokens: 80 },
};

/** Resolves when it is so. What is waited for comes over the network, and has no other sign. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(2);
}

/** Asks until the call may begin. */
export async function admittedAtLast(state: NatsRouteState, call: CallIntent): Promise<void> {
  await until(async () => (await state.admit(call)).kind === 'admitted');
}
