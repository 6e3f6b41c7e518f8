import type { Catalog } from './catalog.js';
import { regionsOf } from './find-model.js';
import type { ModelCard } from './model-card.js';

export interface CatalogFinding {
  /** An `error` takes a model out of use or will surprise; a `warning` narrows its use; a `note` is worth knowing. */
  readonly level: 'error' | 'warning' | 'note';
  readonly id: string;
  readonly message: string;
}

const dayMs = 86_400_000;
const soonDays = 60;
const staleDays = 120;

/** What is missing or out of date in a catalog that is well formed. `day` is today as `2026-11-21`. */
export function checkCatalog(catalog: Catalog, day: string): CatalogFinding[] {
  const models = catalog.models.flatMap((model) =>
    findings(catalog, model, day).map((found) => ({ ...found, id: model.id })),
  );
  const providers = catalog.providers.flatMap(({ id, retention }) =>
    retention ? [] : [{ level: 'note' as const, id, message: 'promises nothing that we know of about what it keeps' }],
  );
  return [...models, ...providers];
}

type Finding = Omit<CatalogFinding, 'id'>;

function findings(catalog: Catalog, model: ModelCard, day: string): Finding[] {
  const found: Finding[] = [...retirement(catalog, model, day)];
  const add = (level: CatalogFinding['level'], message: string) => found.push({ level, message });
  if (!model.prices) add('warning', 'has no known price, so it is never a candidate');
  if (model.tasks.length === 0) add('note', 'is meant for no task, so only who names it gets it');
  if (model.tier === 0) return found;
  const { contextTokens, maxOutputTokens, imageMediaTypes } = model.limits;
  if (contextTokens === undefined || maxOutputTokens === undefined) {
    add('warning', 'has no known context or output limit, so it is never a candidate');
  }
  if (model.capabilities.vision && !model.imageRule) {
    add('warning', 'sees images but has no image-token rule, so it gets none');
  }
  if (model.capabilities.vision && !imageMediaTypes) add('warning', 'reads no image type that we know of');
  if (!regionsOf(catalog, model)) add('note', 'runs where we do not know, so no job bound to a region gets it');
  if (!/\d{4}-?\d{2}-?\d{2}/.test(model.model)) add('note', 'is no dated snapshot: its provider may change it unseen');
  const checked = model.sources.find(({ of }) => of.startsWith('prices'))?.asOf;
  if (checked === undefined && model.prices?.kind === 'metered') add('note', 'does not say where its prices were read');
  if (checked !== undefined && daysBetween(checked, day) > staleDays) {
    add('warning', `has prices as of ${checked}; look them up again`);
  }
  return found;
}

function* retirement(catalog: Catalog, { retiresOn, replacedBy }: ModelCard, day: string): Iterable<Finding> {
  if (replacedBy !== undefined && !catalog.models.some(({ id }) => id === replacedBy)) {
    yield { level: 'warning', message: `is replaced by ${replacedBy}, which is not in the catalog` };
  }
  if (retiresOn === undefined) return;
  const then = replacedBy === undefined ? '' : `; ${replacedBy} replaces it`;
  if (retiresOn <= day) yield { level: 'error', message: `was retired on ${retiresOn}${then}` };
  else if (daysBetween(day, retiresOn) <= soonDays) {
    yield { level: 'warning', message: `retires on ${retiresOn}${then}` };
  }
}

/** A month counts from its first day. */
const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from.length === 7 ? `${from}-01` : from)) / dayMs;
