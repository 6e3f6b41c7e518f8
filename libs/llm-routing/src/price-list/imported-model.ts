import type { ModelCard } from '../catalog/model-card.js';
import type { PriceSheet, Prices, ServiceLevel } from '../catalog/prices.js';

/** One entry of somebody's price list, as a card of ours, with what is doubtful about it. */
export interface ImportedModel {
  readonly card: Pick<
    ModelCard,
    'id' | 'provider' | 'model' | 'prices' | 'capabilities' | 'limits' | 'regions' | 'retiresOn'
  >;
  readonly remarks: readonly string[];
}

/** A price list, read: its models, and how many entries are about something else (embeddings, speech, a sample). */
export interface PriceList {
  readonly models: readonly ImportedModel[];
  readonly skipped: number;
}

/** USD a million tokens, freed of the noise that arithmetic with binary fractions adds. */
export const perMillionTokens = (usdPerToken: number): number => Number((usdPerToken * 1e6).toFixed(6));

export type Rates = Partial<PriceSheet>;

/** Metered prices, or why there are none: neither a missing price nor one of 0 says that a model is free. */
export function pricesOf(
  standard: Rates,
  levels: { readonly batch?: Rates; readonly flex?: Rates; readonly priority?: Rates },
): { prices?: Prices; remarks: string[] } {
  if (standard.input === undefined || standard.output === undefined) {
    return { remarks: ['states no price for input and output'] };
  }
  const sheet = sheetOf(standard);
  if (!sheet) return { remarks: ['states a price of 0, which does not mean free'] };
  const others = Object.entries(levels).flatMap(([level, rates]): [string, PriceSheet][] => {
    const priced = sheetOf(rates ?? {});
    return priced ? [[level, priced]] : [];
  });
  return {
    prices: {
      kind: 'metered',
      usdPerMillion: { standard: sheet, ...(Object.fromEntries(others) as Partial<Record<ServiceLevel, PriceSheet>>) },
    },
    remarks: [],
  };
}

function sheetOf({ input, output, ...rest }: Rates): PriceSheet | undefined {
  if (!input || !output) return undefined;
  const stated: Rates = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined && value !== 0),
  );
  return { input, output, ...stated };
}

/** A model id of ours; characters that ids do not have become hyphens. */
export const idOf = (provider: string, model: string): string =>
  `${provider}/${model.replaceAll(/[^A-Za-z0-9._:/@-]+/g, '-')}`;
