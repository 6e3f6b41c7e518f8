import type { Catalog } from '../catalog/catalog.js';
import { compareCards } from '../catalog/compare-cards.js';
import type { ChangedCard } from '../catalog/diff-catalogs.js';
import { findModel } from '../catalog/find-model.js';
import type { ImportedModel, PriceList } from './imported-model.js';

/** A price list beside the catalog. In the differences, `before` is the catalog's fact and `after` the list's. */
export interface PriceListComparison {
  readonly agreeing: readonly string[];
  readonly disagreeing: readonly ChangedCard[];
  /** In the list and not in the catalog, with a price. */
  readonly added: readonly ImportedModel[];
  /** In the list without a price that can be used, and why. */
  readonly unpriced: readonly ImportedModel[];
  readonly skipped: number;
}

/** Only what both sides state can disagree: what one of them leaves out is no contradiction. */
export function comparePriceList(catalog: Catalog, list: PriceList): PriceListComparison {
  const agreeing: string[] = [];
  const disagreeing: ChangedCard[] = [];
  const added = new Map<string, ImportedModel>();
  const unpriced: ImportedModel[] = [];
  for (const model of list.models) {
    const ours = findModel(catalog, model.card.id);
    if (!model.card.prices) unpriced.push(model);
    else if (!ours) added.set(model.card.id, model);
    if (!ours) continue;
    const { id: _id, model: _model, ...facts } = model.card;
    const differences = compareCards(ours, facts).filter(
      ({ before, after }) => before !== undefined && after !== undefined,
    );
    if (differences.length > 0) disagreeing.push({ id: model.card.id, differences });
    else agreeing.push(model.card.id);
  }
  return { agreeing, disagreeing, added: [...added.values()], unpriced, skipped: list.skipped };
}
