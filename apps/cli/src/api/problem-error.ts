import { problemSentence, readProblem } from '@waybill/client';
import { problemCodeOf, type Problem } from '@waybill/contracts';
import { CliError } from '../cli-error.js';
import { exitCodes, type ExitCode } from '../exit-code.js';

/**
 * The refusal that an HTTP answer stands for: title and detail of its problem document (RFC 9457) as one sentence,
 * and what was wrong where in the request; or a plain sentence where there is no such document, as in a proxy's page.
 */
export function problemError(status: number, body: string, request: string): CliError {
  const problem = readProblem(body);
  if (problem === undefined) {
    return new CliError(
      exitCodeOfStatus(status),
      `${request} was answered with status ${status} and no explanation; check that the address is Waybill's.`,
    );
  }
  return new CliError(exitCodeOfProblem(problem), problemSentence(problem));
}

/** Which exit code an HTTP status stands for. */
export function exitCodeOfStatus(status: number): ExitCode {
  if (status === 404 || status === 410) return exitCodes.notFound;
  if (status === 401 || status === 403) return exitCodes.noPermission;
  if (status === 408 || status === 425 || status === 429) return exitCodes.tryLater;
  if (status === 502 || status === 503 || status === 504) return exitCodes.unavailable;
  if (status >= 500) return exitCodes.bug;
  return exitCodes.refused;
}

function exitCodeOfProblem(problem: Problem): ExitCode {
  const code = problemCodeOf(problem);
  if (code === 'job-not-final') return exitCodes.tryLater;
  if (code === 'webhooks-disabled') return exitCodes.configuration;
  return exitCodeOfStatus(problem.status);
}
