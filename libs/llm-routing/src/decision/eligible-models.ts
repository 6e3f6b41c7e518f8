import { costOfTokens, type CountedTokens } from './cost-of-tokens.js';
import { modelFilters, type FilterContext } from './route-filters.js';
import type { ModelKnowledge, RouteKnowledge } from './route-request.js';
import type { RankingPrices, RouteEntry, RouteTable } from './route-table.js';

/**
 * The models against which nothing speaks whatever the form, with their prices side by side: thousands of them are ranked
 * for every piece of work, and following pointers to each price would take longer than the sums.
 */
export class EligibleModels {
  private readonly inputUsd: Float64Array;
  private readonly imageUsd: Float64Array;
  private readonly outputUsd: Float64Array;
  private readonly usdPerImage: Float64Array;
  private readonly cacheSavingUsd: Float64Array;
  /** Set where the price depends on the length of the input. */
  private readonly stepped: readonly (RankingPrices | undefined)[];

  private lastKnowledge: RouteKnowledge | undefined;
  private lastLearned: readonly (ModelKnowledge | undefined)[] = [];

  constructor(
    readonly entries: readonly RouteEntry[],
    prices: readonly RankingPrices[],
  ) {
    this.inputUsd = Float64Array.from(prices, ({ inputUsd }) => inputUsd);
    this.imageUsd = Float64Array.from(prices, ({ imageUsd }) => imageUsd);
    this.outputUsd = Float64Array.from(prices, ({ outputUsd }) => outputUsd);
    this.usdPerImage = Float64Array.from(prices, ({ usdPerImage }) => usdPerImage);
    this.cacheSavingUsd = Float64Array.from(prices, ({ cacheSavingUsd }) => cacheSavingUsd);
    this.stepped = prices.map((each) => (each.steps.length > 0 ? each : undefined));
  }

  /** What is known of each entry; looked up once for each state of knowledge. */
  learned(knowledge: RouteKnowledge): readonly (ModelKnowledge | undefined)[] {
    if (this.lastKnowledge !== knowledge) {
      this.lastKnowledge = knowledge;
      this.lastLearned = this.entries.map(({ card }) => knowledge.get(card.id));
    }
    return this.lastLearned;
  }

  /** US dollars, as `costOfTokens`. @param index position among the entries */
  costUsd(index: number, tokens: CountedTokens): number {
    const stepped = this.stepped[index];
    if (stepped) return costOfTokens(stepped, tokens);
    const { input, images, cached, output, pictures } = tokens;
    const seen = Math.min(input, images);
    return (
      (input - seen) * (this.inputUsd[index] ?? 0) +
      seen * (this.imageUsd[index] ?? 0) +
      output * (this.outputUsd[index] ?? 0) +
      pictures * (this.usdPerImage[index] ?? 0) -
      Math.min(cached, input - seen) * (this.cacheSavingUsd[index] ?? 0)
    );
  }
}

interface Remembered {
  readonly key: string;
  readonly models: EligibleModels;
}
/** Most pieces of work are asked for on the same terms as the piece before them. */
const remembered = new WeakMap<RouteTable, Remembered[]>();
const rememberedTerms = 16;

export function eligibleModels(context: FilterContext): EligibleModels {
  const { table, request } = context;
  const { regions, sensitivity, tier, only, exclude } = request.limits;
  const key = JSON.stringify([request.task, request.level, regions, sensitivity, tier, only, exclude]);
  const known = remembered.get(table) ?? [];
  const found = known.find((each) => each.key === key);
  if (found) return found.models;
  const entries = table.entries.filter((entry) => !modelFilters.some((filter) => filter.fails(entry, context)));
  const models = new EligibleModels(
    entries,
    entries.flatMap((entry) => entry.prices[request.level] ?? []),
  );
  remembered.set(table, [{ key, models }, ...known].slice(0, rememberedTerms));
  return models;
}
