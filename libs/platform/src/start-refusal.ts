import { isNativeError } from 'node:util/types';
import { StageError } from '@waybill/jobs';
import { ConfigurationError } from './config.js';

/** Exit codes of a service, after sysexits: what a supervisor may conclude. */
export const exitCodes = { stopped: 0, failed: 1, unavailable: 69, configuration: 78 } as const;

export interface StartRefusal {
  readonly exitCode: number;
  readonly sentence: string;
}

const unreachableCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET', 'EAI_AGAIN']);

/**
 * What to print when a service cannot start, for the causes that a person can act on; undefined for a bug, whose
 * stack is worth more than a sentence. The causes of an error are looked through as well.
 */
export function startRefusal(error: unknown, address: { host: string; port: number }): StartRefusal | undefined {
  for (const cause of causesOf(error)) {
    const refusal = refusalOf(cause, address);
    if (refusal) return refusal;
  }
  return undefined;
}

function refusalOf(error: Error & { code?: unknown }, { host, port }: { host: string; port: number }) {
  if (error instanceof ConfigurationError) {
    // One with a cause tells of a server that was asked and did not answer as it should.
    const exitCode = error.cause === undefined ? exitCodes.configuration : exitCodes.unavailable;
    return { exitCode, sentence: error.message };
  }
  if (error instanceof StageError && error.failure.code === 'unavailable') {
    return { exitCode: exitCodes.unavailable, sentence: error.message };
  }
  switch (error.code) {
    case 'EADDRINUSE':
      return {
        exitCode: exitCodes.unavailable,
        sentence: `Port ${port} on ${host} is taken; stop what uses it, or set WAYBILL_PORT to another port (0 takes a free one).`,
      };
    case 'EADDRNOTAVAIL':
      return {
        exitCode: exitCodes.configuration,
        sentence: `${host} is not an address of this machine; set WAYBILL_HOST to one that is, for example 127.0.0.1.`,
      };
    case 'EACCES':
      return {
        exitCode: exitCodes.configuration,
        sentence: `This user may not listen on port ${port}; set WAYBILL_PORT to 1024 or more.`,
      };
    default:
      if (typeof error.code !== 'string' || !unreachableCodes.has(error.code)) return undefined;
      return {
        exitCode: exitCodes.unavailable,
        sentence: `A server cannot be reached (${error.message}); check that NATS_URL and DATABASE_URL are right and that both servers run.`,
      };
  }
}

/** The error, then its causes and the errors it gathers, breadth first; bounded, since causes may form a ring. */
function causesOf(error: unknown): Error[] {
  const found: Error[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && found.length < 20) {
    const next = queue.shift();
    if (!isNativeError(next) || found.includes(next)) continue;
    found.push(next);
    queue.push(next.cause, ...('errors' in next && Array.isArray(next.errors) ? (next.errors as unknown[]) : []));
  }
  return found;
}
