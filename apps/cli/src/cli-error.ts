import type { ExitCode } from './exit-code.js';

/** A refusal: its message is a sentence that says what to do, its code is what the process exits with. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
  }
}
