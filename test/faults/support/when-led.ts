import { setTimeout as pause } from 'node:timers/promises';
import { RequestError, TimeoutError } from '@nats-io/transport-node';
import { isLeaderless } from '@waybill/nats-answers';

/** Asks again while a cluster chooses who leads; whatever else is refused is thrown. */
export async function whenLed<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isBeingChosen(error)) throw error;
      await pause(100);
    }
  }
}

/** Whoever is asked in the middle of it may also not answer at all. */
const isBeingChosen = (error: unknown): boolean =>
  isLeaderless(error) || error instanceof RequestError || error instanceof TimeoutError;
