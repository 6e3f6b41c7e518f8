import type { NatsConnection } from '@nats-io/transport-node';
import { buckets, streams, type ServiceName } from '@waybill/contracts';
import { orMissing } from '@waybill/nats-answers';
import { ConfigurationError } from '@waybill/platform';
import { managerOf } from './provision.js';
import {
  comparedConsumerFields,
  comparedStreamFields,
  differences,
  streamConfig,
  wantedConsumers,
  type TopologyEnvironment,
} from './topology.js';
import { whenLed } from './when-led.js';

const remedy = 'run `waybill provision`, or start the service with WAYBILL_PROVISION_AT_START=true';

/**
 * Compares what the server has with the contracts, for all streams and this service's consumers. Changes nothing.
 * @throws ConfigurationError with a sentence for everything that is missing or differs.
 */
export async function verifyTopology(
  connection: NatsConnection,
  environment: TopologyEnvironment,
  service: ServiceName,
): Promise<void> {
  const manager = await managerOf(connection);
  const compare = (what: string, wanted: object, found: object | undefined, fields: readonly string[]): string[] => {
    if (!found) return [`There is no ${what}; ${remedy}.`];
    const differs = differences({ ...wanted }, { ...found }, fields);
    return differs.length === 0 ? [] : [`The ${what} differs from its contract (${differs.join('; ')}); ${remedy}.`];
  };
  const problems = await Promise.all([
    ...Object.values(streams).map(async (contract) => {
      const found = await whenLed(() => orMissing(manager.streams.info(contract.name)));
      const wanted = streamConfig(contract, environment.WAYBILL_STREAM_REPLICAS);
      return compare(`stream ${contract.name}`, wanted, found?.config, comparedStreamFields);
    }),
    ...wantedConsumers(environment, [service]).map(async ({ stream, config }) => {
      const found = await whenLed(() => orMissing(manager.consumers.info(stream, config.durable_name)));
      return compare(`consumer ${config.durable_name}`, config, found?.config, comparedConsumerFields);
    }),
    ...Object.values(buckets).map(async ({ name }) => {
      const found = await whenLed(() => orMissing(manager.streams.info(`KV_${name}`)));
      return compare(`bucket ${name}`, {}, found?.config, []);
    }),
  ]);
  const sentences = problems.flat();
  if (sentences.length > 0) throw new ConfigurationError(sentences.join('\n'));
}
