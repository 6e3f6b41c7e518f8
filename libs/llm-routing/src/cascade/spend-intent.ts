import type { RouteAttempt } from '@waybill/contracts';
import { picodollarsOf, type Picodollars } from '../money/picodollars.js';
import type { SpendIntent } from '../ports/purse.js';
import type { Run } from './cascade-tools.js';

/** What an attempt's money is booked under, when it is made and when it is found again. */
export function spendIntentOf<Answer>(
  { model, provider, tier, catalogVersion, estimate, images, simulated }: RouteAttempt,
  most: Picodollars,
  { work, progress }: Pick<Run<Answer>, 'work' | 'progress'>,
  leaseMs: number,
): SpendIntent {
  const { job, tags, credential, document, pages, task, routing } = work;
  const { maxCostUsd } = routing;
  return {
    ...{ job, tags, document, pages, idempotencyKey: progress.idempotencyKey, purpose: 'answer' },
    ...{ task: task.kind, documentKind: task.documentKind, provider, model, tier, catalogVersion, most, leaseMs },
    ...(maxCostUsd === undefined ? {} : { jobLimit: picodollarsOf(Number(maxCostUsd.toFixed(12))) }),
    ...(images && images.length > 0 ? { images } : {}),
    estimatedInputTokens: estimate.inputTokens.expected,
    ...(simulated ? { simulated } : {}),
    ...(credential === undefined ? {} : { credential }),
  };
}
