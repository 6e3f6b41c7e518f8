import type { JobView } from '@waybill/contracts';
import { ago, duration, usd } from '../format/format-values.js';
import { StatusMark } from '../parts/status-mark.js';
import { Link } from '../shell/link.js';

export const jobRowHeight = 44;

const nameOf = ({ documents }: JobView): string => {
  const [first, ...others] = documents;
  if (!first) return 'no documents';
  return `${first.name ?? 'unnamed'}${others.length > 0 ? ` and ${others.length} more` : ''}`;
};

/** A job in a list. */
export const JobRow = ({ job }: { job: JobView }) => {
  const { id, status, task, pages, costUsd, createdAt, timings, tags } = job;
  return (
    <Link to={`/jobs/${encodeURIComponent(id)}`} className="job-row">
      <StatusMark status={status} />
      <span className="job-name">
        {nameOf(job)} <code>{id}</code>
      </span>
      <span className="tags">
        {tags.map((tag) => (
          <i key={tag}>{tag}</i>
        ))}
      </span>
      <span className="faint">{task?.kind ?? '–'}</span>
      <span className="number">
        {pages.total === null ? '–' : `${pages.done}/${pages.total}`} <span className="faint">pages</span>
      </span>
      <span className="number">{usd(costUsd)}</span>
      <span className="number faint">{timings.totalMs === undefined ? '' : duration(timings.totalMs)}</span>
      <time className="number faint" dateTime={createdAt} title={createdAt}>
        {ago(createdAt, Date.now())}
      </time>
    </Link>
  );
};
