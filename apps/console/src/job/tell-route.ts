import type { RouteAttempt, RouteView } from '@waybill/contracts';
import { clock, counted, duration, percent, usd } from '../format/format-values.js';

const forms: Readonly<Record<string, string>> = {
  layout: 'the words with their places',
  crops: 'the doubtful parts as pictures',
  'page-low': 'the pages as small pictures',
  'page-high': 'the pages as large pictures',
};

const fields = (paths: readonly string[]): string => counted(paths.length, 'field');

/** Whether more attempts may follow. */
export const isOpen = (status: RouteView['status']): boolean =>
  status === 'queued' || status === 'processing' || status === 'waiting';

/** How a job that is open goes on, in a sentence. */
export const nextOf = ({ status, waiting }: RouteView): string =>
  waiting
    ? `The job waits in ${waiting.stage} until ${clock(waiting.until)}: ${waiting.reason}`
    : status === 'queued'
      ? 'The job is queued: its pages are read first.'
      : 'The job is under way; what is asked next shows here.';

/** Why this model was asked, in a sentence. */
export function whyAsked({ asked, form, estimate, expectedCostUsd, next }: RouteAttempt, isFirst: boolean): string {
  const what = forms[form] ?? form;
  const reason =
    next.length === 0
      ? 'It was the only one left against which nothing spoke'
      : isFirst
        ? 'An accepted answer was expected to cost least here'
        : 'It was the next step up';
  const price = `${usd(expectedCostUsd)} with what may follow, ${percent(estimate.quality)} likely right`;
  return `${reason} (${price}). It was shown ${what} and asked for ${fields(asked)}.`;
}

/** What came of it, in a sentence. */
export function whatCame({ outcome, reason, asked, doubtful, costUsd, durationMs }: RouteAttempt): string {
  const price = `${costUsd === 0 ? 'free' : usd(costUsd)}, ${duration(durationMs)}`;
  if (outcome !== 'answered') return `No answer (${price}): ${reason ?? outcome}`;
  if (doubtful.length === 0) return `All of it was answered and found good (${price}).`;
  const good = asked.length - doubtful.length;
  return `${good} of ${fields(asked)} good, ${doubtful.length} still in doubt (${price}).`;
}

/** The name of what is in doubt, for people: `/lineItems/0/amount` is `lineItems › 1 › amount`. */
export const namesOf = (paths: readonly string[]): string =>
  paths
    .map((path) =>
      path
        .slice(1)
        .split('/')
        .map((part) => (/^\d+$/.test(part) ? `${Number(part) + 1}` : part))
        .join(' › '),
    )
    .join(', ');
