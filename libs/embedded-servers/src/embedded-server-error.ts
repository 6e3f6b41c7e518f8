import { isNativeError } from 'node:util/types';

/** A refusal to install or start a server: one sentence that says what to do. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
}

/** The `code` of a system error (`EACCES`, `ENOSPC`, …), or undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = isNativeError(error) && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** What a command that failed wrote to stderr. */
export function standardErrorOf(error: unknown): string {
  return isNativeError(error) && 'stderr' in error ? String(error.stderr) : '';
}
