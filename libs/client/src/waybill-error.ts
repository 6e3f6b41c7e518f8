import { problemCodeOf, type Problem, type ProblemCode } from '@waybill/contracts';
import { problemSentence, readProblem } from './problem-document.js';

/** A code of the API, or what can go wrong before and after it: nobody answers, or not in Waybill's words. */
export type WaybillErrorCode = ProblemCode | 'unreachable' | 'not-understood';

interface ErrorFacts {
  readonly status?: number;
  readonly problem?: Problem | undefined;
  readonly cause?: unknown;
}

const passingStatuses: readonly number[] = [408, 425, 429, 502, 503, 504];

/** Every failure of the client. The message is a sentence that says what to do. */
export class WaybillError extends Error {
  /** The HTTP status; undefined when nobody answered. */
  readonly status: number | undefined;
  /** The problem document (RFC 9457), where the answer was one. */
  readonly problem: Problem | undefined;

  constructor(
    readonly code: WaybillErrorCode,
    message: string,
    facts: ErrorFacts = {},
  ) {
    super(message, { cause: facts.cause });
    this.name = 'WaybillError';
    this.status = facts.status;
    this.problem = facts.problem;
  }

  /** True when the same request may well be answered later. */
  get isPassing(): boolean {
    if (this.code === 'webhooks-disabled') return false;
    return this.status === undefined ? this.code === 'unreachable' : passingStatuses.includes(this.status);
  }
}

/** The error that an HTTP answer stands for; `request` names what was asked, as in `GET /v1/jobs`. */
export function errorOfAnswer(status: number, body: string, request: string): WaybillError {
  const problem = readProblem(body);
  if (problem === undefined) {
    const sentence = `${request} was answered with status ${status} and no explanation; check that the address is Waybill's.`;
    return new WaybillError('not-understood', sentence, { status });
  }
  return new WaybillError(problemCodeOf(problem) ?? 'not-understood', problemSentence(problem), { status, problem });
}
