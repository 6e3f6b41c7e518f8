import { finalStatuses, type GuardrailCount, type Hop, type RouteAttempt, type RouteView } from '@waybill/contracts';
import type { LearnedDifficulty } from '@waybill/llm-routing';
import { formatDuration } from '../terminal/format-duration.js';
import { formatTable } from '../terminal/format-table.js';
import type { Colours } from '../terminal/terminal.js';

const columns = [
  { title: 'attempt', align: 'right' },
  { title: 'model' },
  { title: 'form' },
  { title: 'asked', align: 'right' },
  { title: 'in doubt', align: 'right' },
  { title: 'expected USD', align: 'right' },
  { title: 'cost USD', align: 'right' },
  { title: 'time', align: 'right' },
  { title: 'outcome' },
] as const;

/** A job's attempts as tables, one a document, each with what was passed over; first how far a job is that goes on. */
export function describeRoute({ status, waiting, documents, hops = [] }: RouteView, colours: Colours): string {
  const isFinal = isFinalStatus(status);
  const wait = waiting ? `: ${waiting.reason} It goes on at ${waiting.until}, in ${waiting.stage}.` : '.';
  const head = isFinal ? [] : [`The job is ${status}${wait}`];
  const nobody = isFinal ? 'No model was needed.' : 'No model was asked so far.';
  const places = hops.length === 0 ? [] : [hopsTable(hops, colours)];
  if (documents.length === 0) return [[...head, nobody].join('\n'), ...places].join('\n\n');
  return [...head, tablesOf(documents, colours), ...places].join('\n\n');
}

const hopColumns = [{ title: 'content was with' }, { title: 'which is' }, { title: 'in' }] as const;

const hopsTable = (hops: readonly Hop[], colours: Colours): string => {
  const rows = hops.map(({ kind, name, regions }) => [name, kind, regions?.join(', ') ?? 'a region not stated']);
  return formatTable([...hopColumns], rows, colours);
};

const isFinalStatus = (status: RouteView['status']): boolean => finalStatuses.some((final) => final === status);

const tablesOf = (documents: RouteView['documents'], colours: Colours): string =>
  documents
    .map(({ document, attempts, guardrails = [] }) => {
      const rows = attempts.map((attempt, at) => rowOf(attempt, at + 1));
      const notes = [...attempts.flatMap((attempt, at) => notesOf(attempt, at + 1)), ...guardrails.map(guardrailNote)];
      const table = formatTable([...columns], rows, colours);
      return [colours.bold(`document ${document + 1}`), table, ...notes.map((note) => colours.dim(note))].join('\n');
    })
    .join('\n\n');

/** For example `guardrails: personal-data found email 3 times before-model: redact`. */
const guardrailNote = ({ guardrail, kind, count, at, action, mode }: GuardrailCount): string =>
  `  guardrails: ${guardrail} found ${kind} ${count === 1 ? 'once' : `${count} times`} ${at}: ${action}${mode === 'shadow' ? ' (in shadow, not done)' : ''}`;

const rowOf = (attempt: RouteAttempt, number: number): string[] => [
  `${number}`,
  [attempt.model, ...remarksOn(attempt)].join(' '),
  attempt.form,
  `${attempt.asked.length}`,
  `${attempt.doubtful.length}`,
  formatUsd(attempt.estimate.cost.expectedUsd),
  formatUsd(attempt.costUsd),
  formatDuration(attempt.durationMs),
  attempt.outcome,
];

/** For example `(flex)`, or `(asked at priority)` for a call that was made at the usual service. */
const remarksOn = ({ service, askedService, simulated }: RouteAttempt): string[] => [
  ...(service ? [`(${service})`] : []),
  ...(askedService ? [`(asked at ${askedService})`] : []),
  ...(simulated ? ['(simulated)'] : []),
];

/** Prices of single calls are small: three digits that count, never as a power of ten. */
export const formatUsd = (usd: number): string =>
  usd === 0 ? '0' : usd.toFixed(Math.min(12, Math.max(2, 2 - Math.floor(Math.log10(usd)))));

/** For example `prior-3f2a90c41d7e says .72: 92 % of its words are known from "gsm8k"`. */
export const learnedNote = ({ version, inDomain, score, reasons }: LearnedDifficulty): string =>
  `${version} ${inDomain ? `says ${score.toFixed(2)}` : 'does not count'}: ${reasons.join('; ')}`;

function notesOf({ reason, difficulty, doubtful, coercions, exclusions }: RouteAttempt, number: number): string[] {
  return [
    ...(reason ? [reason] : []),
    ...(difficulty?.learned ? [learnedNote(difficulty.learned)] : []),
    ...(doubtful.length > 0 ? [`in doubt: ${doubtful.join(', ')}`] : []),
    ...coercions.map(({ path, remark }) => `${path}: ${remark}`),
    ...exclusions.map(({ code, models, example }) => `${models} passed over (${code}), for example ${example}`),
  ].map((note) => `  ${number}. ${note}`);
}
