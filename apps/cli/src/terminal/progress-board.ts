import type { JobEventView } from '@waybill/contracts';
import type { JobProgress } from './job-progress.js';

/** Shows how a number of jobs get on while they do. */
export interface ProgressBoard {
  /** The job with this index (in order of submission) has got this far, by this event if by one. */
  show(index: number, progress: JobProgress, event?: JobEventView): void;
  /** Ends the display and gives the cursor back. May be called twice. */
  close(): void;
}
