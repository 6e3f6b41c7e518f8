import type { RouteExplanation } from '@waybill/contracts';

export interface GatheredExclusions {
  readonly code: string;
  readonly models: readonly string[];
  /** One of them with its reason, as a sentence. */
  readonly example: string;
}

/** Reasons of one kind together, those against most models first. */
export function gatherExclusions(exclusions: RouteExplanation['exclusions']): GatheredExclusions[] {
  const byCode = new Map<string, { models: Set<string>; example: string }>();
  for (const { code, model, reason } of exclusions) {
    const gathered = byCode.get(code) ?? { models: new Set<string>(), example: `${model} ${reason}` };
    gathered.models.add(model);
    byCode.set(code, gathered);
  }
  return [...byCode]
    .map(([code, { models, example }]) => ({ code, models: [...models], example }))
    .sort((a, b) => b.models.length - a.models.length);
}
