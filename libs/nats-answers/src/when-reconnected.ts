import type { NatsConnection } from '@nats-io/transport-node';

/** One listener a connection, however many wait for it to come back. */
const waiting = new WeakMap<NatsConnection, Set<() => void>>();

/**
 * Calls `act` whenever the connection was lost and is back. What the server had sent into the lost one never comes, and the
 * client library's ordered consumers and watches notice only when a later message does: whoever must not miss the last
 * message has to ask anew.
 * @returns lets go of `act`
 */
export function whenReconnected(connection: NatsConnection, act: () => void): () => void {
  const acts = waiting.get(connection) ?? listenTo(connection);
  const own = (): void => act();
  acts.add(own);
  return () => void acts.delete(own);
}

function listenTo(connection: NatsConnection): Set<() => void> {
  const acts = new Set<() => void>();
  waiting.set(connection, acts);
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') for (const act of [...acts]) act();
    }
  })();
  return acts;
}
