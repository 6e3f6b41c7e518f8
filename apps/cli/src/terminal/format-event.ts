import type { JobEventView } from '@waybill/contracts';
import { plannedPageCount } from '@waybill/jobs';
import { formatCost } from './format-cost.js';
import { formatDuration } from './format-duration.js';
import { statusMark } from './status-mark.js';
import type { Colours } from './terminal.js';

/** One event of a job as a line for a person, without the job's name. */
export function formatEvent(event: JobEventView, colours: Colours): string {
  const { dim } = colours;
  const line = (mark: string, text: string, ...details: (string | undefined)[]): string =>
    [`${mark} ${text}`, ...details.flatMap((detail) => (detail ? [dim(detail)] : []))].join(dim(' · '));
  switch (event.type) {
    case 'job-accepted':
      return line(colours.cyan('·'), 'accepted', event.task);
    case 'job-planned':
      return line(
        colours.cyan('·'),
        count(plannedPageCount(event.documents), 'page'),
        ...event.documents.map((document) => document.failure?.message ?? document.mediaType),
      );
    case 'page-read': {
      const { words, confidence, source } = event.summary;
      const workMs = Object.entries(event.times).reduce((sum, [step, ms]) => (step === 'queued' ? sum : sum + ms), 0);
      return line(
        colours.cyan('·'),
        `${pageName(event)} read`,
        count(words, 'word'),
        source === 'ocr' && confidence !== null ? `confidence ${confidence.toFixed(2)}` : source,
        formatDuration(workMs),
        event.attempts > 1 ? `attempt ${event.attempts}` : undefined,
      );
    }
    case 'page-failed':
      return line(colours.red('✗'), `${pageName(event)} failed`, event.failure.message);
    case 'attempt-made': {
      const { model, outcome, reason, costUsd, durationMs, simulated } = event.attempt;
      const isAnswered = outcome === 'answered';
      return line(
        isAnswered ? colours.cyan('·') : colours.yellow('!'),
        `${simulated ? `${model} (simulated)` : model} ${isAnswered ? 'answered' : outcome}`,
        ...(reason === undefined ? [] : [reason]),
        formatDuration(durationMs),
        formatCost(costUsd),
      );
    }
    case 'job-waiting':
      return line(statusMark('waiting', colours), 'waiting', event.reason, `until ${event.until}`);
    case 'job-cancel-requested':
      return line(colours.dim('⊘'), 'cancel requested');
    case 'job-finished':
      return line(
        statusMark(event.status, colours),
        event.status,
        ...event.problems.slice(0, 1).map((problem) => problem.message),
        formatCost(event.costUsd),
      );
  }
}

export const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;

const pageName = ({ document, page }: { document: number; page: number }): string =>
  document === 0 ? `page ${page}` : `document ${document + 1}, page ${page}`;
