import type { Routing } from '@waybill/contracts';
import type { RouteTo } from '@waybill/guardrails';
import type { Cascade, CascadeEnd, CascadeWork } from '@waybill/llm-routing';
import type { DocumentGuards } from './document-guards.js';
import { GuardedTask } from './guarded-task.js';

const tiers = ['free', 'cheap', 'standard', 'frontier'] as const satisfies readonly Routing['tier'][];

/** The cascade with the guard of each document around its task: nothing goes to a model but through it. */
export class GuardedCascade implements Pick<Cascade, 'run'> {
  constructor(
    private readonly cascade: Pick<Cascade, 'run'>,
    private readonly guards: DocumentGuards,
  ) {}

  /** Rejects as the cascade does, and with a retryable `StageError` when a moderator that must be asked cannot be. */
  async run<Answer>(work: CascadeWork<Answer>, signal: AbortSignal): Promise<CascadeEnd<Answer>> {
    const guard = this.guards.of({ ...work.job, document: work.document });
    const task = new GuardedTask(work.task, guard);
    // A portion before this one may have had its answer kept back.
    if (guard.blocked !== undefined) return { ...blocked(guard.blocked), attempts: [], uses: [] };
    const end = await this.cascade.run({ ...guard.facts.routeTo.reduce(narrowed, work), task }, signal);
    if (end.kind !== 'answered') return end;
    await guard.checkEnd(end.answer, signal);
    if (guard.blocked === undefined) return end;
    const { attempts, uses } = end;
    return { ...blocked(guard.blocked), attempts, uses };
  }
}

const blocked = (message: string) => ({ kind: 'failed', failure: { code: 'guardrail-blocked', message } }) as const;

/** What a job allows, and no more than the policy does. */
function narrowed<Answer>(work: CascadeWork<Answer>, { models, regions, tier }: RouteTo): CascadeWork<Answer> {
  const { only, routing } = work;
  const lower =
    tier === undefined ? routing.tier : tiers[Math.min(tiers.indexOf(tier), tiers.indexOf(routing.tier ?? 'frontier'))];
  return {
    ...work,
    ...(models ? { only: only ? only.filter((model) => models.includes(model)) : models } : {}),
    routing: {
      ...routing,
      ...(lower === undefined ? {} : { tier: lower }),
      ...(regions
        ? { regions: routing.regions ? routing.regions.filter((region) => regions.includes(region)) : [...regions] }
        : {}),
    },
  };
}
