import type { RouteAttempt } from '@waybill/contracts';
import type { Exclusion } from '../decision/decide-route.js';

/** Exclusions for a receipt: how many models each kind of reason kept out, with one of them as an example. */
export function summariseExclusions(exclusions: readonly Exclusion[]): RouteAttempt['exclusions'] {
  const models = new Map<string, { models: Set<string>; example: string }>();
  for (const { code, model, reason } of exclusions) {
    const known = models.get(code) ?? { models: new Set<string>(), example: `${model} ${reason}` };
    models.set(code, { ...known, models: known.models.add(model) });
  }
  return [...models].map(([code, found]) => ({ code, models: found.models.size, example: found.example }));
}

/** Why nobody could be asked, and what the client can do about it, as a sentence. */
export function nobodySentence(task: string, exclusions: readonly Exclusion[]): string {
  const reasons = [...new Map(exclusions.map(({ model, reason }) => [model, `${model} ${reason}`])).values()];
  const shown = reasons.slice(0, 6).join('; ');
  const more = reasons.length > 6 ? `; and ${reasons.length - 6} more` : '';
  return `No model can do this (${shown}${more}); allow a higher tier or cost, or choose another task than "${task}".`;
}
