import type { JobKey } from '@waybill/contracts';
import { ProblemException } from '@waybill/platform';

/** Seconds after which asking again about a job that is under way is worth it. */
export const retryAfterSeconds = 1;

/** The same for a job that does not exist and for one that belongs to somebody else. */
export const noSuchJob = ({ jobId }: JobKey): ProblemException =>
  new ProblemException('job-not-found', `There is no job ${jobId}; check the id, and whose credential you send.`);

/**
 * 409, because the request is right and the state of the job is in its way; unlike 404 it says that the job exists, and
 * unlike 425 or 503 it says that nothing is wrong with the timing of the connection or with the service.
 */
export const notFinal = ({ jobId }: JobKey): ProblemException =>
  new ProblemException(
    'job-not-final',
    `The job ${jobId} has not finished; ask again later, or wait with GET /v1/jobs/${jobId}?wait=30s.`,
    { headers: { 'retry-after': String(retryAfterSeconds) } },
  );
