import type { Clock } from '@waybill/jobs';
import { afterCached, usualCachedShare, type CachedTokens } from '../health/cached-share.js';
import { cellKey, type ModelKnowledge, type RouteKnowledge } from '../decision/route-request.js';
import type { Admission, CallIntent, CallOutcome, RouteState, VerifiedOutcome } from './route-state.js';

/** How long a model rests when its provider is overloaded and does not say for how long. */
const unstatedRestMs = 15_000;
/** What is new weighs so much in the mean times. */
const freshness = 0.2;

/** What one process learns of models. Shared by all its workers, forgotten at its end. */
export class InProcessRouteState implements RouteState {
  private known: ReadonlyMap<string, ModelKnowledge> = new Map();
  private readonly cached = new Map<string, CachedTokens>();

  constructor(private readonly clock: Clock) {}

  knowledge(): RouteKnowledge {
    return this.known;
  }

  async admit({ model }: CallIntent): Promise<Admission> {
    const cooling = this.known.get(model)?.cooling;
    if (cooling && cooling.until > this.clock.now()) return { kind: 'wait', ...cooling };
    return { kind: 'admitted', report: async (outcome) => this.report(model, outcome) };
  }

  async learn({ model, task, documentKind, band, accepted }: VerifiedOutcome): Promise<void> {
    const key = cellKey(task, documentKind, band);
    const before = this.known.get(model)?.outcomes;
    const cell = before?.get(key) ?? { accepted: 0, refused: 0 };
    const counted = accepted ? { ...cell, accepted: cell.accepted + 1 } : { ...cell, refused: cell.refused + 1 };
    this.change(model, { outcomes: new Map([...(before ?? []), [key, counted]]) });
  }

  private report(model: string, outcome: CallOutcome): void {
    if (outcome.kind === 'abandoned') return;
    if (outcome.kind === 'failed') {
      const { kind, facts, message } = outcome.error;
      if (kind !== 'rate-limited' && kind !== 'overloaded') return;
      const until = facts.until ?? new Date(this.clock.now().getTime() + unstatedRestMs);
      this.change(model, { cooling: { until, reason: message } });
      return;
    }
    const { firstTokenMs, totalMs, outputTokens, estimatedInputTokens, billedInputTokens } = outcome;
    const known = this.known.get(model);
    const cached = afterCached(this.cached.get(model), outcome, this.clock.now().getTime());
    if (cached) this.cached.set(model, cached);
    const mixed = (before: number | undefined, now: number): number =>
      before === undefined ? now : before * (1 - freshness) + now * freshness;
    this.change(model, {
      ...(firstTokenMs === undefined
        ? {}
        : {
            latency: {
              firstTokenMs: mixed(known?.latency?.firstTokenMs, firstTokenMs),
              perOutputTokenMs: mixed(
                known?.latency?.perOutputTokenMs,
                Math.max(0, totalMs - firstTokenMs) / Math.max(1, outputTokens),
              ),
            },
          }),
      ...(estimatedInputTokens > 0
        ? { billedShare: mixed(known?.billedShare, billedInputTokens / estimatedInputTokens) }
        : {}),
      ...(cached && { cachedShare: usualCachedShare(cached, this.clock.now().getTime()) }),
    });
  }

  private change(model: string, news: ModelKnowledge): void {
    this.known = new Map([...this.known, [model, { ...this.known.get(model), ...news }]]);
  }
}
