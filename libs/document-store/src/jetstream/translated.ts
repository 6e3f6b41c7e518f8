import { JetStreamApiError, JetStreamError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import { StageError } from '@waybill/jobs';

const retryAfterMs = 2_000;
/** Server error codes of a full store: no room on the server, for the account, or in the stream. */
const fullStoreCodes = new Set<number>([10023, 10047, 10077]);

/**
 * Runs a step against NATS and turns its failures into StageErrors: everything that the connection or the server
 * may recover from is `unavailable` and retryable. Errors of others (a client that stopped sending) pass as they are.
 * @param what completes "The document store could not …".
 */
export async function translated<Value>(what: string, step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (error) {
    throw translate(what, error);
  }
}

function translate(what: string, error: unknown): unknown {
  if (error instanceof StageError || !isOfNats(error)) return error;
  const full = error instanceof JetStreamApiError && fullStoreCodes.has(error.code);
  const reason = full ? 'it is full; give JetStream more room' : error.message;
  return new StageError('unavailable', `The document store could not ${what} (${reason}).`, {
    retryable: true,
    retryAfterMs,
    cause: error,
  });
}

const natsErrors = [
  errors.AuthorizationError,
  errors.ClosedConnectionError,
  errors.ConnectionError,
  errors.DrainingConnectionError,
  errors.NoRespondersError,
  errors.PermissionViolationError,
  errors.ProtocolError,
  errors.RequestError,
  errors.TimeoutError,
  errors.UserAuthenticationExpiredError,
  JetStreamApiError,
  // Among others what a replica says that cannot answer a direct read.
  JetStreamError,
];

/** Where a stream has no leader, the client says that JetStream is not enabled, in a class that it keeps for itself: its cause tells. */
const isOfNats = (error: unknown): error is Error =>
  natsErrors.some((type) => error instanceof type || (error instanceof Error && error.cause instanceof type));
