import { HttpException } from '@nestjs/common';
import { problems, type Problem, type ProblemCode } from '@waybill/contracts';

interface ProblemOptions {
  readonly errors?: Problem['errors'];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Problem details of a code; status and title come from the contract, `detail` is a sentence that says what to do. */
export const problemOf = (code: ProblemCode, detail: string, errors?: Problem['errors']): Problem => ({
  type: `urn:waybill:problem:${code}`,
  title: problems[code].title,
  status: problems[code].status,
  detail,
  ...(errors ? { errors } : {}),
});

/** Thrown by HTTP code that knows its refusal; the filter writes it as it is, with these headers. */
export class ProblemException extends HttpException {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    const body = problemOf(code, detail, options.errors);
    super(body, body.status, { cause: options.cause });
    this.problem = body;
    this.headers = options.headers ?? {};
  }
}
