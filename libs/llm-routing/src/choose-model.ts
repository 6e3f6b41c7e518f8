import type { Routing, TaskKind } from '@waybill/contracts';
import type { Catalog, CatalogEntry } from './catalog.js';

/** What one document needs and what its job allows. */
export interface ModelWish {
  readonly task: TaskKind;
  readonly routing: Pick<Routing, 'tier' | 'maxCostUsd'>;
  /** What the job has spent so far, in USD. */
  readonly spentUsd: number;
}

/** A model that was not taken, and why, as a sentence. */
export interface PassedOver {
  readonly model: string;
  readonly reason: string;
}

/** The choice with everything that was passed over; without a model, nothing in the catalog may do it. */
export interface ModelChoice {
  readonly model: CatalogEntry | undefined;
  readonly passedOver: readonly PassedOver[];
}

const tierNumbers = { free: 0, cheap: 1, standard: 2, frontier: 3 } as const;

/** The cheapest model that the job allows; of equally cheap ones the one of the higher tier, then by id. */
export function chooseModel(catalog: Catalog, wish: ModelWish): ModelChoice {
  const candidates: CatalogEntry[] = [];
  const passedOver: PassedOver[] = [];
  for (const entry of catalog.models) {
    const reason = reasonAgainst(entry, wish);
    if (reason === undefined) candidates.push(entry);
    else passedOver.push({ model: entry.id, reason });
  }
  const [model, ...dearer] = candidates.sort(
    (a, b) => a.costUsdPerDocument - b.costUsdPerDocument || b.tier - a.tier || a.id.localeCompare(b.id),
  );
  for (const { id } of dearer) passedOver.push({ model: id, reason: 'a cheaper model can do it' });
  return { model, passedOver };
}

function reasonAgainst(entry: CatalogEntry, { task, routing, spentUsd }: ModelWish): string | undefined {
  if (!entry.tasks.includes(task)) return `does not do the task "${task}"`;
  if (routing.tier !== undefined && entry.tier > tierNumbers[routing.tier]) {
    return `is of tier ${entry.tier}, and the job allows at most "${routing.tier}" (${tierNumbers[routing.tier]})`;
  }
  if (routing.maxCostUsd !== undefined && spentUsd + entry.costUsdPerDocument > routing.maxCostUsd) {
    const leftUsd = Number(Math.max(0, routing.maxCostUsd - spentUsd).toPrecision(6));
    return `costs ${entry.costUsdPerDocument} USD, and the job has ${leftUsd} USD left`;
  }
  return undefined;
}

/** Why no model was chosen, and what the client can do about it, as a sentence. */
export function noModelSentence(task: TaskKind, choice: ModelChoice): string {
  const reasons = choice.passedOver.map(({ model, reason }) => `${model} ${reason}`).join('; ');
  return `No model can do this (${reasons}); allow a higher tier or cost, or choose another task than "${task}".`;
}
