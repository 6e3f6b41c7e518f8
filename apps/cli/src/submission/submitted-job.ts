import type { JobId, JobView } from '@waybill/contracts';
import type { CliError } from '../cli-error.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { FoundDocument } from './find-documents.js';

/** What became of one file. */
export interface SubmittedJob {
  readonly file: FoundDocument;
  /** The id its job has if it was accepted. */
  readonly id: JobId;
  readonly outcome:
    | { readonly kind: 'not-submitted' }
    | { readonly kind: 'refused'; readonly error: CliError }
    | { readonly kind: 'accepted' }
    | { readonly kind: 'ended'; readonly job: JobView }
    | { readonly kind: 'lost'; readonly error: CliError };
}

/**
 * What a whole submission exits with: the first refusal's code; else that of an interruption; else 1 when a job ended
 * without an answer; else 3 when an answer is partial. `accepted` is well: nobody waited for more.
 */
export function exitCodeOf(jobs: readonly SubmittedJob[], interruption: string | undefined): ExitCode {
  const refusals = jobs.flatMap(({ outcome }) => ('error' in outcome ? [outcome.error] : []));
  if (refusals[0] !== undefined) return refusals[0].exitCode;
  if (interruption !== undefined) return exitCodes.interrupted;
  return exitCodeOfStatuses(jobs.flatMap(({ outcome }) => (outcome.kind === 'ended' ? [outcome.job.status] : [])));
}

/** 0 when every job is completed, 3 when every one has answers but some partial ones, else 1. */
export function exitCodeOfStatuses(statuses: readonly JobView['status'][]): ExitCode {
  if (statuses.some((status) => status !== 'completed' && status !== 'partial')) return exitCodes.jobFailed;
  return statuses.includes('partial') ? exitCodes.partial : exitCodes.ok;
}
