import { EmbeddedServerError } from '@waybill/embedded-servers';
import { StageError } from '@waybill/jobs';
import { ConfigurationError } from '@waybill/platform';
import { exitCodes, type ExitCode } from './exit-code.js';

/** What errors of other rooms exit with. Those that are sentences for a person are refusals; all others are bugs. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof ConfigurationError) return exitCodes.configuration;
  if (error instanceof EmbeddedServerError) return exitCodes.unavailable;
  if (error instanceof StageError && error.failure.code === 'unavailable') return exitCodes.unavailable;
  return exitCodes.bug;
}
