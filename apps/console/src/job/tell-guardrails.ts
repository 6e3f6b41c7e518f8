import type { GuardrailFinding, GuardrailReport } from '@waybill/contracts';
import { counted } from '../format/format-values.js';

const done = {
  redact: 'hidden from models',
  block: 'blocked',
  route: 'narrowed the models',
  report: 'reported',
} as const;
const wouldBe = {
  redact: 'would be hidden',
  block: 'would be blocked',
  route: 'would narrow the models',
  report: 'noted',
} as const;

/** What followed from a finding, in a few words. */
export function whatFollowed({ action, mode, placeholder, at }: GuardrailFinding): string {
  if (mode === 'shadow') return `${wouldBe[action]}, by a rule on trial`;
  if (action === 'block' && at === 'after-answer') return 'withheld from the answer';
  return placeholder === undefined ? done[action] : `${done[action]} as ${placeholder}`;
}

/** Whether something was kept from models, or from the answer: what is only reported is not drawn unless asked for. */
export const isHiding = ({ action, mode }: GuardrailFinding): boolean =>
  mode === 'path' && (action === 'redact' || action === 'block');

/** Where it stands, for people. */
export function whereFound({ page, path, at }: GuardrailFinding): string {
  if (page !== undefined) return `page ${page}`;
  if (path !== undefined) return `${path.slice(1)} of the answer`;
  return at === 'after-answer' ? 'in the answer' : 'in the task';
}

/** How a chosen finding is named in the address, beside the paths of fields. */
export const nameOfFinding = (index: number): string => `finding-${index}`;

/** The whole report in a sentence; `counts` also has what is not listed. */
export function sumUp({ counts }: GuardrailReport): string {
  const of = (action: GuardrailFinding['action']): number =>
    counts.filter((each) => each.mode === 'path' && each.action === action).reduce((sum, { count }) => sum + count, 0);
  const [hidden, blocked, reported] = [of('redact'), of('block'), of('report')];
  const parts = [
    ...(hidden > 0 ? [`${counted(hidden, 'value')} hidden`] : []),
    ...(blocked > 0 ? [`${counted(blocked, 'finding')} blocked`] : []),
    ...(reported > 0 ? [`${counted(reported, 'finding')} reported`] : []),
  ];
  return parts.length === 0 ? 'Nothing was found.' : `${parts.join(', ')}.`;
}
