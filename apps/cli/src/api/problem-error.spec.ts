import { describe, expect, it } from '@jest/globals';
import { problems, type Problem, type ProblemCode } from '@waybill/contracts';
import { exitCodes } from '../exit-code.js';
import { exitCodeOfStatus, problemError } from './problem-error.js';

const problem = (code: ProblemCode, detail: string, errors?: Problem['errors']): string =>
  JSON.stringify({ type: `urn:waybill:problem:${code}`, ...problems[code], detail, errors });

describe('problemError', () => {
  it('prints title and detail as one sentence, and what was wrong where', () => {
    const body = problem('invalid-submission', 'Correct what is listed.', [
      { pointer: '/task/kind', detail: 'choose read or extract' },
    ]);
    const error = problemError(400, body, 'POST /v1/jobs');
    expect(error.message).toBe(
      'The submission is not valid: Correct what is listed.\n  /task/kind: choose read or extract',
    );
    expect(error.exitCode).toBe(exitCodes.refused);
  });

  it('says to try later when a job has not finished', () => {
    const body = problem('job-not-final', 'Ask again later.');
    expect(problemError(409, body, 'GET /v1/jobs/a/result').exitCode).toBe(exitCodes.tryLater);
  });

  it('explains an answer that is not a problem document', () => {
    const error = problemError(502, '<html>Bad gateway</html>', 'GET /v1/jobs');
    expect(error.message).toContain('GET /v1/jobs was answered with status 502');
    expect(error.exitCode).toBe(exitCodes.unavailable);
  });
});

describe('exitCodeOfStatus', () => {
  it.each([
    [400, exitCodes.refused],
    [401, exitCodes.noPermission],
    [404, exitCodes.notFound],
    [409, exitCodes.refused],
    [413, exitCodes.refused],
    [429, exitCodes.tryLater],
    [500, exitCodes.bug],
    [503, exitCodes.unavailable],
  ])('%i is %i', (status, code) => {
    expect(exitCodeOfStatus(status)).toBe(code);
  });
});
