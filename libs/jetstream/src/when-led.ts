import { setTimeout as pause } from 'node:timers/promises';
import { ConfigurationError } from '@waybill/platform';
import { saysLeaderless } from '@waybill/nats-answers';

const pauseMs = 250;
const patienceMs = 30_000;

/**
 * Asks again while a cluster chooses who leads, so that what starts at such a moment starts all the same.
 * @throws ConfigurationError after 30 seconds without a leader; whatever else is refused as it is
 */
export async function whenLed<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return await ask();
    } catch (error) {
      if (!saysLeaderless(error)) throw error;
      if (waitedMs >= patienceMs) {
        const sentence = 'The NATS cluster has no leader; see that most of its servers run and reach each other.';
        throw new ConfigurationError(sentence, { cause: error });
      }
      await pause(pauseMs);
    }
  }
}
