import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, streams } from '@waybill/contracts';
import { orMissing } from '@waybill/nats-answers';
import { ConfigurationError } from '@waybill/platform';
import { whenLed } from './when-led.js';
import { streamConfig, wantedConsumers, type TopologyEnvironment } from './topology.js';

/** The manager of the server's streams. @throws ConfigurationError when the server runs without JetStream, or a cluster without a leader. */
export async function managerOf(connection: NatsConnection): Promise<JetStreamManager> {
  return whenLed(() => jetstreamManager(connection)).catch((error: unknown) => {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(
      `The NATS server at ${connection.getServer()} does not offer JetStream to this account; start it with --jetstream.`,
      { cause: error },
    );
  });
}

/**
 * Creates the streams, durable consumers and buckets of the contracts, and brings existing ones up to them; size limits that an
 * operator has set stay. May be run again at any time.
 * @throws ConfigurationError naming what the server refuses to change, and what to do.
 */
export async function provision(connection: NatsConnection, environment: TopologyEnvironment): Promise<void> {
  const manager = await managerOf(connection);
  const replicas = environment.WAYBILL_STREAM_REPLICAS;
  for (const contract of Object.values(streams)) {
    const config = streamConfig(contract, replicas);
    const found = await orMissing(manager.streams.info(config.name));
    const done = found ? manager.streams.update(config.name, config) : manager.streams.add(config);
    await done.catch(refused(`stream ${config.name}`));
  }
  for (const { stream, config } of wantedConsumers(environment)) {
    const found = await orMissing(manager.consumers.info(stream, config.durable_name));
    const done = found
      ? manager.consumers.update(stream, config.durable_name, config)
      : manager.consumers.add(stream, config);
    await done.catch(refused(`consumer ${config.durable_name}`));
  }
  for (const { name, description, ttlMs } of Object.values(buckets)) {
    await new Kvm(connection)
      .create(name, { description, ttl: ttlMs, history: 1, replicas })
      .catch(refused(`bucket ${name}`));
  }
}

const refused = (what: string) => (error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  throw new ConfigurationError(
    `The server does not accept the ${what} (${reason}); if it exists in another form, delete it once it is empty and provision again.`,
    { cause: error },
  );
};
