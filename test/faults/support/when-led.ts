import { setTimeout as pause } from 'node:timers/promises';
import { JetStreamApiError } from '@nats-io/jetstream';
import { NoRespondersError, RequestError, TimeoutError } from '@nats-io/transport-node';

/** "JetStream system temporarily unavailable": who leads is being chosen. */
const notAvailable = 10_008;

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

const isBeingChosen = (error: unknown): boolean =>
  error instanceof JetStreamApiError
    ? error.code === notAvailable
    : [NoRespondersError, RequestError, TimeoutError].some((kind) => error instanceof kind);
