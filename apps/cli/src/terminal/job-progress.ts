import type { FinalStatus, JobEventView } from '@waybill/contracts';
import { plannedPageCount } from '@waybill/jobs';

export type JobPhase = 'uploading' | 'queued' | 'reading' | 'answering' | 'waiting' | 'refused' | FinalStatus;

/** How far one submitted file is, for somebody who watches. */
export interface JobProgress {
  /** What its owner calls it: the file's name. */
  readonly label: string;
  readonly phase: JobPhase;
  readonly pagesDone: number;
  readonly pagesFailed: number;
  /** Null until the plan is known. */
  readonly pagesTotal: number | null;
  /** Why it waits or was refused. */
  readonly reason?: string;
}

export const newJobProgress = (label: string): JobProgress => ({
  label,
  phase: 'uploading',
  pagesDone: 0,
  pagesFailed: 0,
  pagesTotal: null,
});

/** The progress after one more event; events arrive in the order of the stream, each once. */
export function advanceJobProgress(progress: JobProgress, event: JobEventView): JobProgress {
  switch (event.type) {
    case 'job-accepted':
      return { ...progress, phase: 'queued' };
    case 'job-planned':
      return inWork({ ...progress, pagesTotal: plannedPageCount(event.documents) });
    case 'page-read':
      return inWork({ ...progress, pagesDone: progress.pagesDone + 1 });
    case 'page-failed':
      return inWork({ ...progress, pagesDone: progress.pagesDone + 1, pagesFailed: progress.pagesFailed + 1 });
    case 'job-waiting':
      return { ...progress, phase: 'waiting', reason: event.reason };
    case 'attempt-made':
      return inWork(progress);
    case 'job-cancel-requested':
      return progress;
    case 'job-finished':
      return withoutReason({ ...progress, phase: event.status });
  }
}

/** True when nothing will change any more. */
export function hasEnded({ phase }: JobProgress): boolean {
  return !['uploading', 'queued', 'reading', 'answering', 'waiting'].includes(phase);
}

/** True when it ended with an answer to everything it was asked. */
export const hasSucceeded = ({ phase }: JobProgress): boolean => phase === 'completed';

function inWork(progress: JobProgress): JobProgress {
  const everyPageEnded = progress.pagesTotal !== null && progress.pagesDone >= progress.pagesTotal;
  return withoutReason({ ...progress, phase: everyPageEnded ? 'answering' : 'reading' });
}

function withoutReason({ reason: _, ...progress }: JobProgress): JobProgress {
  return progress;
}
