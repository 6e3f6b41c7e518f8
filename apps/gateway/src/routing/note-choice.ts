import type { RouteAttempt } from '@waybill/contracts';
import { newJobId } from '@waybill/jobs';
import { regionsOf, type NotedChoice, type RouteTable } from '@waybill/llm-routing';
import type { ChosenRoute } from './choose-chat-model.js';

/** More are never asked for one chat. */
const shownNext = 3;

/** A choice as receipts tell it. */
export function noteChoice(
  { chosen, next }: ChosenRoute,
  { catalog }: RouteTable,
  exclusions: RouteAttempt['exclusions'],
): NotedChoice {
  const { card, form, inputTokens, cost, quality, latencyMs, expectedCostUsd } = chosen;
  const regions = regionsOf(catalog, card);
  return {
    id: newJobId(),
    facts: {
      ...{ model: card.id, provider: card.provider, tier: card.tier, form: form.name },
      ...(regions ? { regions: [...regions] } : {}),
      estimate: { inputTokens: { ...inputTokens }, cost: { ...cost }, quality, latencyMs },
      expectedCostUsd,
      next: next.slice(0, shownNext).map((candidate) => ({
        ...{ model: candidate.card.id, form: candidate.form.name, quality: candidate.quality },
        ...{ mostUsd: candidate.cost.mostUsd, expectedCostUsd: candidate.expectedCostUsd },
      })),
      exclusions,
    },
  };
}
