import type { Routing } from '@waybill/contracts';
import type { ModelTask, RouteTable } from '@waybill/llm-routing';
import type { PortionLimits } from './plan-portions.js';

const tierNumbers = { free: 0, cheap: 1, standard: 2, frontier: 3 } as const;
/** Of a context, what the document may take; instructions, pictures, the answer and wrong estimates need the rest. */
const shareOfContext = 0.4;

/** What the policy allows in one call, and what the largest context that the job may use has room for. */
export function portionLimits({ policy, entries }: RouteTable, task: ModelTask, { tier }: Routing): PortionLimits {
  const highest = tierNumbers[tier ?? 'frontier'];
  const able = entries.filter(({ card }) => card.tier > 0 && card.tier <= highest && card.tasks.includes(task));
  const largest = (limit: 'contextTokens' | 'maxImages'): number =>
    able.reduce((most, { card }) => Math.max(most, card.limits[limit] ?? 0), 0);
  const { inputTokens, pictures } = policy.portions;
  if (able.length === 0) return { inputTokens: Infinity, pictures: Infinity };
  return {
    inputTokens: Math.min(inputTokens, Math.floor(largest('contextTokens') * shareOfContext)),
    pictures: Math.max(1, Math.min(pictures, largest('maxImages') || pictures)),
  };
}
