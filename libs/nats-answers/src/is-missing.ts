import { JetStreamApiCodes, JetStreamApiError } from '@nats-io/jetstream';

const codes: readonly number[] = [
  JetStreamApiCodes.NoMessageFound,
  JetStreamApiCodes.StreamNotFound,
  JetStreamApiCodes.ConsumerNotFound,
];

/** The message, the stream or the consumer that was asked for is not there. */
export const isMissing = (error: unknown): boolean => error instanceof JetStreamApiError && codes.includes(error.code);

/** The promise's value, or undefined when the server says that there is no such message, stream or consumer. */
export async function orMissing<Value>(promise: Promise<Value>): Promise<Value | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
