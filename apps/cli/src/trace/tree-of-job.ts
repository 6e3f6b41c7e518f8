import type { JobEventView, RouteAttempt, RouteView, SentImage, StageTimes, UsageView } from '@waybill/contracts';
import { formatCost } from '../terminal/format-cost.js';
import { formatDuration } from '../terminal/format-duration.js';
import { leaf, type TreeNode } from './draw-tree.js';

/** A job's life: its events from acceptance to final state, the receipts of its route, and what the ledger booked. */
export interface JobLife {
  readonly id: string;
  readonly events: readonly JobEventView[];
  readonly route: RouteView;
  readonly usage: UsageView;
}

/** The life of a job as a tree. Moments count from the acceptance; a page's time ends with its event. */
export function treeOfJob({ id, events, route, usage }: JobLife): TreeNode {
  const [first] = events;
  const last = events.findLast((event) => event.type === 'job-finished');
  const startMs = Date.parse(first?.at ?? last?.at ?? '');
  const since = (at: string): string => `+${formatDuration(Date.parse(at) - startMs)}`;
  const ending = last ? [last.status, formatDuration(Date.parse(last.at) - startMs), formatCost(last.costUsd)] : [];
  return {
    text: [`job ${id}`, ...ending].join(' · '),
    children: [...events.map((event) => nodeOfEvent(event, since, route)), ledgerNode(usage)],
  };
}

type Since = (at: string) => string;

function nodeOfEvent(event: JobEventView, since: Since, route: RouteView): TreeNode {
  const at = since(event.at);
  switch (event.type) {
    case 'job-accepted':
      return leaf(`${at} accepted through ${event.door}: ${event.task}, ${counted(event.documents, 'document')}`);
    case 'job-planned': {
      const pages = event.documents.reduce((sum, document) => sum + document.pages, 0);
      return leaf(`${at} planned: ${counted(event.documents.length, 'document')}, ${counted(pages, 'page')}`);
    }
    case 'page-read': {
      const { document, page, summary, use, times, attempts } = event;
      const { source, engine, confidence, cached } = summary;
      const sure = confidence === null ? 'no words' : `${Math.round(confidence * 100)} % sure`;
      const facts = [`${source} by ${engine}`, sure, ...(cached ? ['from the cache'] : [])];
      const cost = use && use.costUsd > 0 ? [formatCost(use.costUsd)] : [];
      const tried = attempts > 1 ? [`attempt ${attempts}`] : [];
      const told = [...facts, ...tried, ...cost].join(', ');
      return { text: `${at} read document ${document + 1}, page ${page}: ${told}`, children: steps(times) };
    }
    case 'page-failed':
      return leaf(`${at} could not read document ${event.document + 1}, page ${event.page}: ${event.failure.message}`);
    case 'attempt-made': {
      const { model, outcome } = event.attempt;
      return leaf(`${at} asked ${model} about document ${event.document + 1}: ${outcome}`);
    }
    case 'job-waiting':
      return leaf(`${at} waits in ${event.stage} until ${since(event.until)}: ${event.reason}`);
    case 'job-cancel-requested':
      return leaf(`${at} asked to be cancelled`);
    case 'job-finished': {
      const problems = event.problems.map(({ message }) => leaf(message));
      const calls = route.documents.flatMap(({ document, attempts }) =>
        attempts.map((attempt) => callNode(document, attempt, since)),
      );
      return { text: `${at} ${event.status}`, children: [...steps(event.times), ...calls, ...problems] };
    }
  }
}

const steps = (times: StageTimes): TreeNode[] =>
  Object.entries(times).map(([step, ms]) => leaf(`${step} ${formatDuration(ms)}`));

function callNode(document: number, attempt: RouteAttempt, since: Since): TreeNode {
  const { at, model, form, outcome, reason, durationMs, usage, costUsd, doubtful, images = [] } = attempt;
  const facts = [
    outcome === 'answered' ? 'answered' : `${outcome}${reason === undefined ? '' : ` (${reason})`}`,
    formatDuration(durationMs),
    ...(usage ? [`${usage.inputTokens} tokens in, ${usage.outputTokens} out`] : []),
    formatCost(costUsd),
    ...(attempt.simulated ? ['simulated'] : []),
    ...(doubtful.length > 0 ? [`${doubtful.length} in doubt`] : []),
  ];
  const text = `${since(at)} document ${document + 1}: ${model} with ${form}: ${facts.join(', ')}`;
  return { text, children: images.map((image) => leaf(imageText(image))) };
}

const ways = {
  'signed-url': ', by signed address',
  'inline-after-signed-url': ', inline after its address could not be fetched',
} as const;

function imageText({ page, width, height, estimatedTokens, billedTokens, sentBy }: SentImage): string {
  const billed = billedTokens === undefined ? '' : `, ${billedTokens} billed`;
  return `picture of page ${page}, ${width} × ${height}: ${estimatedTokens} tokens estimated${billed}${sentBy ? ways[sentBy] : ''}`;
}

function ledgerNode({ rows, totals }: UsageView): TreeNode {
  const booked = rows.map(({ group, calls, costUsd }) =>
    leaf(`${group.model ?? '–'} for ${group.purpose ?? '–'}: ${counted(calls, 'call')}, ${formatCost(costUsd)}`),
  );
  return { text: `ledger: ${formatCost(totals.costUsd)}`, children: booked };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
