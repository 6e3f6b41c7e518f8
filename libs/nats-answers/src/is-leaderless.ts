import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';

/** The server's code for "JetStream system temporarily unavailable". */
const temporarilyUnavailable = 10_008;

/** Whether a cluster says that it has no leader, which passes. */
export const saysLeaderless = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === temporarilyUnavailable;

/** Whether a cluster, or the stream that was asked, had no leader: of a stream, nobody answers then, as where there is no JetStream. */
export function isLeaderless(error: unknown): boolean {
  if (saysLeaderless(error)) return true;
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  return cause instanceof errors.RequestError && cause.isNoResponders();
}
