import type { DocumentView, JobView } from '@waybill/contracts';
import { formatCost } from './format-cost.js';
import { formatDuration } from './format-duration.js';
import { count } from './format-event.js';
import { statusMark } from './status-mark.js';
import type { Colours } from './terminal.js';

/** A job as a few lines: its status, how far it is, what it is about, what went wrong. */
export function describeJob(job: JobView, colours: Colours): string {
  const { dim, bold } = colours;
  const facts: (readonly [string, string])[] = [
    ['task', job.task?.kind ?? '–'],
    ['pages', pagesOf(job)],
    ['documents', job.documents.map(describeDocument).join(', ') || '–'],
    ['submitted', job.createdAt],
    ['time', timesOf(job)],
    ['cost', formatCost(job.costUsd)],
  ];
  if (job.waiting) facts.unshift(['waits', `${job.waiting.reason} (until ${job.waiting.until})`]);
  if (job.queue) facts.splice(2, 0, ['queue', `${count(job.queue.pagesAhead, 'page')} ahead`]);
  if (job.tags.length > 0) facts.push(['tags', job.tags.join(', ')]);
  if (job.deadline !== undefined && job.finishedAt === undefined) facts.push(['deadline', job.deadline]);
  const lines = [
    `${statusMark(job.status, colours)} ${bold(job.status)} ${dim(job.id)}`,
    ...facts.map(([name, value]) => `  ${dim(name.padEnd(11))}${value}`),
    ...job.problems.map((problem) => `  ${colours.yellow('!')} ${problem.message}`),
  ];
  return lines.join('\n');
}

/** Its name, and what its pages are as far as they were read: `a.pdf (3 text, 1 table; hardest 0.42)`. */
function describeDocument({ name, mediaType, pageKinds = {}, hardestPage }: DocumentView): string {
  const kinds = Object.entries(pageKinds).sort(([, one], [, other]) => other - one);
  const told = kinds.map(([kind, pages]) => `${pages} ${kind}`).join(', ');
  const hardest = hardestPage === undefined ? [] : [`hardest ${hardestPage.toFixed(2)}`];
  const facts = [...(told ? [told] : []), ...hardest].join('; ');
  return `${name ?? mediaType ?? '–'}${facts ? ` (${facts})` : ''}`;
}

function pagesOf({ pages, attempts }: JobView): string {
  if (pages.total === null) return '–';
  const failed = pages.failed > 0 ? `, ${pages.failed} failed` : '';
  const repeated = attempts > pages.done ? `, ${attempts} attempts` : '';
  return `${pages.done} of ${pages.total}${failed}${repeated}`;
}

function timesOf({ timings }: JobView): string {
  const parts = [
    ['plan', timings.planMs],
    ['read', timings.readMs],
    ['answer', timings.answerMs],
  ] as const;
  const known = parts.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name} ${formatDuration(ms)}`]));
  const total = timings.totalMs === undefined ? [] : [`${formatDuration(timings.totalMs)} in all`];
  return [...total, ...known].join(' · ') || '–';
}
