/**
 * The ceiling of `bench:pipeline`: the same number of raw JetStream publishes, consumes and acks, of the same payload
 * size, on the same server, by one process that does nothing else.
 */
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

const stream = 'BENCH_CEILING';

/**
 * @param {{ url: string, messages: number, payloadBytes: number, inFlight: number }} options
 * @returns {Promise<number>} messages a second, each published, consumed and acked once
 */
export async function measureCeiling({ url, messages, payloadBytes, inFlight }) {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: stream, subjects: ['bench.ceiling'], retention: 'workqueue', storage: 'file' });
  await manager.consumers.add(stream, { durable_name: 'c', ack_policy: AckPolicy.Explicit, max_ack_pending: -1 });
  const client = jetstream(connection);
  const payload = new Uint8Array(payloadBytes).fill(120);
  const started = performance.now();
  await Promise.all([publishAll(client, payload, messages, inFlight), consumeAll(client, messages)]);
  await connection.flush();
  const seconds = (performance.now() - started) / 1_000;
  await manager.streams.delete(stream);
  await connection.close();
  return messages / seconds;
}

async function publishAll(client, payload, messages, inFlight) {
  let next = 0;
  const lane = async () => {
    while (next++ < messages) await client.publish('bench.ceiling', payload);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

async function consumeAll(client, messages) {
  const consumer = await client.consumers.get(stream, 'c');
  const arrivals = await consumer.consume({ max_messages: 500 });
  let count = 0;
  for await (const message of arrivals) {
    message.ack();
    if (++count === messages) break;
  }
}
