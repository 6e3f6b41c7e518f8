import { createHash } from 'node:crypto';
import type { ModelTask } from '../catalog/model-card.js';
import type { RoutingPolicy } from './routing-policy.js';

type Experiment = RoutingPolicy['experiments'][number];

/** US dollars that a document may cost at most; undefined where the policy does not say. */
export const ceilingOf = ({ ceilings }: RoutingPolicy, task: ModelTask): number | undefined =>
  ceilings.byTask[task] ?? ceilings.usdPerDocument;

/** Who may stand in for a model that has failed; undefined where the policy groups nobody with it. */
export function standInsOf(
  { fallback }: RoutingPolicy,
  task: ModelTask,
  failed: string,
): readonly string[] | undefined {
  const groups = fallback.filter((group) => group.task === task && group.models.includes(failed));
  return groups.length === 0 ? undefined : groups.flatMap(({ models }) => models);
}

/** The experiment that a document takes part in, always the same one; undefined for none. */
export function experimentOf(
  { experiments }: RoutingPolicy,
  task: ModelTask,
  document: string,
): Experiment | undefined {
  return experiments.find(
    (experiment) => experiment.task === task && shareOf(`${experiment.name} ${document}`) < experiment.share,
  );
}

/** 0 up to 1, the same for the same text. */
const shareOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;

/**
 * The forms that the policy's strategies leave for a kind of work; the first strategy that fits decides. One that would
 * leave none changes nothing.
 */
export function formsBy<Form extends { readonly name: string }>(
  { strategies }: RoutingPolicy,
  { task, documentKind }: { readonly task: ModelTask; readonly documentKind: string },
  forms: readonly Form[],
): readonly Form[] {
  const strategy = strategies.find(
    (each) => (each.task ?? task) === task && (each.documentKind ?? documentKind) === documentKind,
  );
  if (!strategy) return forms;
  const left = forms.filter(({ name }) => name === 'facts' || strategy.forms.some((form) => form === name));
  return left.some(({ name }) => name !== 'facts') ? left : forms;
}
