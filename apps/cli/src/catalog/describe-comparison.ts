import type { Catalog, PriceListComparison } from '@waybill/llm-routing';
import type { Colours } from '../terminal/terminal.js';
import { describeFact } from './describe-catalog.js';

/** Names shown before the rest is only counted. */
const shownNames = 20;

/** A price list beside the catalog: what disagrees first, the catalog's fact before the list's. */
export function describeComparison(comparison: PriceListComparison, catalog: Catalog, colours: Colours): string {
  const { agreeing, disagreeing, added, unpriced, skipped } = comparison;
  return [
    ...disagreeing.flatMap(({ id, differences }) => [
      `${colours.yellow('!')} ${id} disagrees`,
      ...differences.map(describeFact),
    ]),
    ...listed(
      `${colours.green('+')} not in the catalog: `,
      added.map(({ card }) => card.id),
    ),
    ...listed(
      `${colours.dim('·')} without a usable price: `,
      unpriced.map(({ card }) => card.id),
    ),
    colours.dim(
      `${agreeing.length} agree, ${disagreeing.length} disagree, ${added.length} are new, ${unpriced.length} have no usable price, ${skipped} are no language models; beside ${catalog.version}`,
    ),
  ].join('\n');
}

function listed(title: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more (--json lists all)` : '';
  return [`${title}${names.slice(0, shownNames).join(', ')}${more}`];
}
