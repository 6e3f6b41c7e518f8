import type { PageClassification, PageKind } from '@waybill/contracts';
import { pageKinds } from '@waybill/contracts';
import type { LookedAtPage } from './classify-page.js';
import type { KindProbabilities } from './kind-model.js';
import { namePage } from './name-page.js';
import type { PageLook } from './page-look.js';

/** Port: a cheap model that may be asked what a page is. Resolves to undefined when it cannot say. */
export interface KindAdvisor {
  advise(look: PageLook, likeliest: readonly PageKind[], signal: AbortSignal): Promise<PageKind | undefined>;
}

/** Below this the advisor decides; above, asking costs more than it brings. */
export const askBelow = 0.5;
/** How sure an advised kind is taken to be. */
const advisedConfidence = 0.9;

/** Asks the advisor about a page whose kind is unsure; a sure page, and one it cannot name, stays as it was. */
export async function askAboutPage(
  page: LookedAtPage,
  look: PageLook,
  { advisor, signal }: { readonly advisor: KindAdvisor; readonly signal: AbortSignal },
): Promise<PageClassification> {
  const { classification, probabilities } = page;
  if (classification.confidence >= askBelow) return classification;
  const likeliest = classification.kinds.map(({ kind }) => kind);
  const advised = await advisor.advise(look, likeliest, signal);
  if (advised === undefined) return classification;
  const rest = 1 - probabilities[advised];
  const moved = pageKinds.map((kind) => {
    if (kind === advised) return [kind, advisedConfidence] as const;
    return [kind, rest > 0 ? ((1 - advisedConfidence) * probabilities[kind]) / rest : 0] as const;
  });
  const { version } = classification;
  return namePage(Object.fromEntries(moved) as KindProbabilities, { stage: 'asked', version });
}
