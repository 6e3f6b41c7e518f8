import { setTimeout as pause } from 'node:timers/promises';
import { errors } from '@nats-io/transport-node';
import { StageError } from '@waybill/jobs';
import { isLeaderless } from '@waybill/nats-answers';

/** How long one try of a read may take, in milliseconds. */
export const readTimeoutMs = 2_000;
const patienceMs = 6 * readTimeoutMs;
const againAfterMs = 100;

/**
 * Reads from the server; a read that was on its way when the connection broke, or when a cluster had no leader, is made again.
 * @throws StageError `unavailable` (retryable) when the server does not answer.
 */
export async function reading<Value>(what: string, read: () => Promise<Value>): Promise<Value> {
  const patientUntilMs = performance.now() + patienceMs;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (error instanceof StageError) throw error;
      if ((isTimeout(error) || isLeaderless(error)) && performance.now() < patientUntilMs) {
        await pause(againAfterMs);
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new StageError('unavailable', `The NATS server did not give ${what} (${reason}).`, {
        retryable: true,
        cause: error,
      });
    }
  }
}

const isTimeout = (error: unknown): boolean =>
  error instanceof errors.TimeoutError || (error instanceof Error && error.cause instanceof errors.TimeoutError);
