import type { CallService } from '../catalog/prices.js';
import { preferService } from '../decision/prefer-service.js';
import type { CascadeTools, Run, Stop } from './cascade-tools.js';
import type { Decided } from './decide-attempt.js';
import type { Attempted } from './paid-call.js';
import { failedByService } from './service-outcome.js';

type Called = Extract<Attempted, { kind: 'called' }>;

/** Calls at the other services of providers: when they are asked for, and what follows when there is no room. */
export class ServiceCalls {
  constructor(private readonly tools: CascadeTools) {}

  /** The same decision, or one at another service. */
  prefer<Answer>(decided: Decided, { work, progress }: Run<Answer>): Decided {
    if (progress.isFlexRefused) return decided;
    const sells = (provider: string, service: CallService): boolean =>
      this.tools.providers.get(provider)?.services?.includes(service) ?? false;
    const question = { usual: decided.decision, request: decided.request, tier: work.routing.tier, sells };
    return preferService(this.tools.table(), question, this.tools.state.knowledge()) ?? decided;
  }

  /** Whether it was refused for want of room at flex. */
  isRefused({ attempt, end }: Called): boolean {
    const isFlex = attempt.service === 'flex' || attempt.askedService === 'flex';
    return (
      end.error !== undefined && end.usage === undefined && failedByService(isFlex ? 'flex' : undefined, end.error)
    );
  }

  /** The job waits for room, where the policy says so and there is time; else the usual service is asked. */
  afterRefusal<Answer>({ attempt, end }: Called, { work, progress }: Run<Answer>): Stop | undefined {
    progress.add({ ...attempt, doubtful: [...progress.open] });
    const { flex } = this.tools.table().policy.services;
    const until = new Date(this.tools.clock.now().getTime() + flex.retryMs);
    const hasTime = work.deadline.getTime() - until.getTime() >= flex.fromLeftMs;
    if (flex.refused === 'wait' && hasTime) return { kind: 'waiting', until, reason: end.error?.message ?? '' };
    progress.isFlexRefused = true;
    return undefined;
  }
}
