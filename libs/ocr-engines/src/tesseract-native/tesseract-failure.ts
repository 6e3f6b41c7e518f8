import { StageError } from '@waybill/jobs';

/** Its own sentences are kept as far as they may tell why a picture was refused. */
const keptComplaint = 2_000;

/** Why a process of the command gave no table: the error of its start, its exit code, or null when it was killed. */
export function tesseractFailure(exit: number | Error | null, complaint: string): StageError {
  if (typeof exit === 'object' && exit !== null) {
    return new StageError('unavailable', 'The tesseract command could not be started.', {
      retryable: true,
      cause: exit,
    });
  }
  const cause = complaint.slice(0, keptComplaint);
  if (exit === null) {
    return new StageError('worker-died', 'The tesseract command died on the page.', { retryable: true, cause });
  }
  return new StageError('unreadable-page', 'The tesseract command could not read the picture of the page.', { cause });
}

/** The page's time is over. */
export const timeoutOf = (timeoutMs: number): StageError =>
  new StageError('timeout', `The limit of ${timeoutMs} ms for recognising the page was reached.`, { retryable: true });
