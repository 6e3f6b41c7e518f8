import type { JobStatus } from '@waybill/contracts';

const signs: Readonly<Record<JobStatus, string>> = {
  queued: '○',
  processing: '◐',
  waiting: '⏸',
  completed: '✓',
  partial: '◑',
  failed: '✕',
  cancelled: '–',
  expired: '⌛',
};

/** A status by sign, word and colour. */
export const StatusMark = ({ status }: { status: JobStatus }) => (
  <span className={`status status-${status}`}>
    <span aria-hidden="true">{signs[status]}</span> {status}
  </span>
);
