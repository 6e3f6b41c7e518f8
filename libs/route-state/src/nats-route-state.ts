import { randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Clock } from '@waybill/jobs';
import {
  admitCall,
  coolKey,
  endCall,
  learnOutcome,
  resultKinds,
  type Admission,
  type AdmissionRequest,
  type CallIntent,
  type CallOutcome,
  type CallResult,
  type HealthAlarm,
  type KeyHealth,
  type LimitBook,
  type RouteKnowledge,
  type RouteState,
  type Verdict,
  type VerifiedOutcome,
} from '@waybill/llm-routing';
import type { Measurement, Meter } from '@waybill/telemetry';
import type { Logger } from 'pino';
import { AlarmWatch } from './alarm-watch.js';
import { KnownModels } from './known-models.js';
import { LeaseKeeper } from './lease-keeper.js';
import { Lessons } from './lessons.js';
import { measureAlarms, measureBreakers, measureCall } from './measure-calls.js';
import { RouteBucket } from './route-bucket.js';
import { RouteEntries } from './route-entries.js';

export interface RouteStateOptions {
  readonly limits: LimitBook;
  readonly clock: Clock;
  readonly log: Logger;
  readonly meter: Meter;
  /** When NATS is away: `wait` holds calls that limits shared by all apply to, `go-on` decides by what this worker knows. */
  readonly whenAway?: 'wait' | 'go-on';
  /** How long NATS may take to answer before it counts as away; 2,000 unless told. */
  readonly answerWithinMs?: number;
}

type Admitted = Extract<Verdict, { kind: 'admitted' }>;

const awayRetryMs = 2_000;
const noneCools: ReadonlyMap<string, Date> = new Map();
/** Of what is done without waiting for anybody. */
const done = Promise.resolve();
const answerWithinMs = 2_000;

/** What all workers together know of models, in a bucket of NATS; docs/route-state.md says what is exact in it. */
export class NatsRouteState implements RouteState, KeyHealth {
  private readonly worker = randomUUID();
  private readonly known: KnownModels;
  private readonly entries: RouteEntries;
  private readonly leases: LeaseKeeper;
  private readonly lessons: Lessons;
  private readonly alarmWatch: AlarmWatch;
  private awayUntilMs = 0;

  private constructor(
    bucket: RouteBucket,
    private readonly options: RouteStateOptions,
  ) {
    const { limits, clock, log } = options;
    this.known = new KnownModels(limits, clock);
    this.entries = new RouteEntries(bucket, clock, (changed) => {
      this.known.changed(changed);
      if (changed.kind === 'model') this.alarmWatch.changed(changed.id);
    });
    this.alarmWatch = new AlarmWatch(log, (model) => this.entries.model(model).state, clock);
    this.lessons = new Lessons(this.entries, (told) => options.meter.record(told));
    this.leases = new LeaseKeeper(this.worker, this.entries, clock);
    const gauges = ['waybill_breaker_state', 'waybill_model_alarms'] as const;
    options.meter.atScrape('route state', gauges, () => Promise.resolve(this.measurements()));
  }

  /** @throws ConfigurationError when provisioning has not made the bucket. */
  static async open(connection: NatsConnection, options: RouteStateOptions): Promise<NatsRouteState> {
    const state = new NatsRouteState(await RouteBucket.open(connection, { answerWithinMs, ...options }), options);
    await state.entries.start();
    return state;
  }

  /** Writes what is not written yet, and stops. Calls that are still under way are no longer held. */
  async close(): Promise<void> {
    this.leases.stop();
    this.lessons.takeIn();
    await this.entries.stop();
    this.alarmWatch.stop();
  }

  /** Says now what this worker holds, as it does every five seconds while it holds anything. */
  async beat(): Promise<void> {
    await this.leases.beat();
  }

  knowledge(): RouteKnowledge {
    this.lessons.takeIn();
    return this.known.from(this.entries);
  }

  /** The alarms that stand, as far as this worker has heard. */
  alarms(): readonly HealthAlarm[] {
    this.lessons.takeIn();
    return this.alarmWatch.alarms();
  }

  async admit(intent: CallIntent): Promise<Admission> {
    const { provider, model } = intent;
    const call = this.leases.ask(provider);
    const tokens = intent.inputTokens + intent.outputTokens;
    const request = { worker: this.worker, call, model, tokens, random: Math.random() };
    const verdict = this.decideHere(provider, request) ?? (await this.agree(provider, request));
    if (verdict.kind === 'wait') {
      this.leases.release(provider, call);
      this.options.meter.record({ metric: 'waybill_model_waits_total', labels: { provider, model }, value: 1 });
      return { kind: 'wait', until: new Date(verdict.untilMs), reason: verdict.reason };
    }
    if (verdict.isHeld) this.leases.hold(provider, call);
    const beganMs = performance.now();
    let isReported = false;
    return {
      kind: 'admitted',
      key: verdict.key,
      report: (outcome) => {
        if (isReported) return done;
        isReported = true;
        const lastedMs = performance.now() - beganMs;
        const { key } = verdict;
        if (outcome.kind !== 'abandoned') this.lessons.add({ intent, outcome, key, lastedMs, atMs: this.nowMs() });
        else for (const told of measureCall(intent, outcome, lastedMs)) this.options.meter.record(told);
        return this.end(intent, { verdict, call }, outcome);
      },
    };
  }

  async learn(outcome: VerifiedOutcome): Promise<void> {
    const atMs = this.nowMs();
    this.entries.model(outcome.model).note((health) => learnOutcome(health, outcome, atMs));
    const { model, task, accepted } = outcome;
    const labels = { model, task, verdict: accepted ? 'accepted' : 'refused' };
    this.options.meter.record({ metric: 'waybill_answers_judged_total', labels, value: 1 });
  }

  coolingUntil(provider: string): ReadonlyMap<string, Date> {
    const { keys } = this.entries.gate(provider).state;
    for (const _any in keys) return new Map(Object.entries(keys).map(([key, untilMs]) => [key, new Date(untilMs)]));
    return noneCools;
  }

  async cool(provider: string, key: string, until: Date): Promise<void> {
    const entry = this.entries.gate(provider);
    entry.note((gate) => coolKey(gate, key, until.getTime()));
    await entry.flush();
  }

  private nowMs(): number {
    return this.options.clock.now().getTime();
  }

  /** Undefined where there is something to agree on with others. */
  private decideHere(provider: string, request: AdmissionRequest): Verdict | undefined {
    const limits = this.options.limits(provider, request.model);
    const known = this.entries.gate(provider).state;
    const { gate, verdict } = admitCall(known, request, limits, this.nowMs());
    return verdict.kind === 'wait' || gate === known ? verdict : undefined;
  }

  private async agree(provider: string, request: AdmissionRequest): Promise<Verdict> {
    if (this.nowMs() < this.awayUntilMs) return this.decideAway(provider, request);
    const limits = this.options.limits(provider, request.model);
    const entry = this.entries.gate(provider);
    try {
      return await entry.ask((state) => {
        const { gate, verdict } = admitCall(state, request, limits, this.nowMs());
        return { state: gate, result: verdict };
      });
    } catch (error) {
      if (this.options.whenAway === 'go-on') {
        this.options.log.warn({ err: error, provider }, 'The workers cannot agree on calls; this one decides alone.');
        this.awayUntilMs = this.nowMs() + awayRetryMs;
        return this.decideAway(provider, request);
      }
      this.options.log.warn({ err: error, provider }, 'The workers cannot agree on a call; it waits.');
      const reason = 'the limits that all workers share cannot be asked about now';
      return { kind: 'wait', untilMs: this.nowMs() + awayRetryMs, reason };
    }
  }

  /** By what this worker knows; it is told to the others when NATS is back. */
  private decideAway(provider: string, request: AdmissionRequest): Verdict {
    const limits = this.options.limits(provider, request.model);
    const entry = this.entries.gate(provider);
    const { gate, verdict } = admitCall(entry.state, request, limits, this.nowMs());
    if (gate !== entry.state) entry.note((state) => admitCall(state, request, limits, this.nowMs()).gate);
    return verdict;
  }

  private end(
    { provider, model }: CallIntent,
    { verdict, call }: { readonly verdict: Admitted; readonly call: number },
    outcome: CallOutcome,
  ): Promise<void> {
    const atMs = this.nowMs();
    const { key, counted } = verdict;
    this.leases.release(provider, call);
    const result = resultOf(outcome);
    const ended = { worker: this.worker, call, model, key, counted, billedTokens: billedOf(outcome), result };
    const entry = this.entries.gate(provider);
    if (endCall(entry.state, ended, atMs) === entry.state) return done;
    entry.note((gate) => endCall(gate, ended, atMs));
    const concernsAll = result.kind === 'failed' || result.kind === 'limited';
    return concernsAll ? entry.flush() : done;
  }

  private measurements(): Measurement[] {
    return [...this.entries.breakers().flatMap(measureBreakers), ...measureAlarms(this.alarms())];
  }
}

function resultOf(outcome: CallOutcome): CallResult {
  if (outcome.kind === 'abandoned') return { kind: 'unclear' };
  if (outcome.kind === 'answered') return { kind: 'reached' };
  const { kind, facts, message: reason } = outcome.error;
  const result = resultKinds[kind];
  if (result === 'failed') return { kind: 'failed', reason };
  if (result === 'limited') return { kind: 'limited', reason, statedUntilMs: facts.until?.getTime() };
  return { kind: result };
}

function billedOf(outcome: CallOutcome): number | undefined {
  return outcome.kind === 'answered' ? outcome.billedInputTokens + outcome.outputTokens : undefined;
}
