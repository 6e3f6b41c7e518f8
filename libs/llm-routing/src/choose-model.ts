import type { Routing, TaskKind } from '@waybill/contracts';
import type { Catalog } from './catalog/catalog.js';
import type { ModelCard } from './catalog/model-card.js';

/** A model with what one document costs with it, in USD. */
export interface DocumentModel extends Pick<ModelCard, 'id' | 'provider' | 'model' | 'tier' | 'tasks'> {
  readonly costUsdPerDocument: number;
}

/** The models that cost nothing: those that this release answers with. What a priced model costs is not estimated yet. */
export const modelsAtNoCost = (catalog: Catalog): DocumentModel[] =>
  catalog.models
    .filter(({ prices }) => prices?.kind === 'free')
    .map(({ id, provider, model, tier, tasks }) => ({ id, provider, model, tier, tasks, costUsdPerDocument: 0 }));

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

/** The choice with everything that was passed over; without a model, none may do it. */
export interface ModelChoice {
  readonly model: DocumentModel | undefined;
  readonly passedOver: readonly PassedOver[];
}

const tierNumbers = { free: 0, cheap: 1, standard: 2, frontier: 3 } as const;

/** The cheapest model that the job allows; of equally cheap ones the one of the higher tier, then by id. */
export function chooseModel(models: readonly DocumentModel[], wish: ModelWish): ModelChoice {
  const candidates: DocumentModel[] = [];
  const passedOver: PassedOver[] = [];
  for (const entry of models) {
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

function reasonAgainst(entry: DocumentModel, { task, routing, spentUsd }: ModelWish): string | undefined {
  if (task === 'read' || !entry.tasks.includes(task)) return `does not do the task "${task}"`;
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
