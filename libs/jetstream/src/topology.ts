import { nanos } from '@nats-io/transport-node';
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  RetentionPolicy,
  StorageType,
  type ConsumerConfig,
  type StreamConfig,
} from '@nats-io/jetstream';
import {
  consumers,
  serviceNames,
  streams,
  type ConsumerContract,
  type ServiceName,
  type StreamContract,
} from '@waybill/contracts';
import type { Environment } from '@waybill/platform';

export type TopologyEnvironment = Pick<Environment, 'WAYBILL_STREAM_REPLICAS' | 'WAYBILL_ACK_WAIT_MS'>;

/** A delayed nak counts as pending, and a lane may hold very many parked messages. */
const maxAckPending = 1_000_000;

/** The contract's ack wait, or the operator's override. */
export const ackWaitMsOf = (
  contract: ConsumerContract,
  environment: Pick<Environment, 'WAYBILL_ACK_WAIT_MS'>,
): number => environment.WAYBILL_ACK_WAIT_MS ?? contract.ackWaitMs;

export const maxDeliverOf = (contract: ConsumerContract): number => contract.maxAttempts + contract.maxDeferrals;

export const consumersOf = (service: ServiceName): ConsumerContract[] =>
  Object.values<ConsumerContract>(consumers).filter((contract) => contract.service === service);

export const streamConfig = (contract: StreamContract, replicas: number) =>
  ({
    name: contract.name,
    description: contract.description,
    subjects: [...contract.subjects],
    retention: contract.retention === 'workqueue' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    max_age: nanos(contract.maxAgeMs),
    duplicate_window: nanos(contract.duplicateWindowMs),
    storage: StorageType.File,
    // A full stream refuses new messages; dropping old ones would lose what was promised.
    discard: DiscardPolicy.New,
    allow_direct: true,
    num_replicas: replicas,
    ...(contract.keepsLastOnly === true ? { max_msgs_per_subject: 1 } : {}),
    deny_delete: contract.isAppendOnly === true,
    deny_purge: contract.isAppendOnly === true,
  }) satisfies Partial<StreamConfig>;

export const consumerConfig = (contract: ConsumerContract, environment: TopologyEnvironment) =>
  ({
    durable_name: contract.name,
    description: contract.description,
    ...(typeof contract.filterSubject === 'string'
      ? { filter_subject: contract.filterSubject }
      : { filter_subjects: [...contract.filterSubject] }),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMsOf(contract, environment)),
    max_deliver: maxDeliverOf(contract),
    max_ack_pending: maxAckPending,
  }) satisfies Partial<ConsumerConfig>;

export const advisoryConsumerName = (service: ServiceName): string => `${service}-advisories`;

const advisorySubject = (contract: ConsumerContract): string =>
  `$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.${streams[contract.stream].name}.${contract.name}`;

/** Each service hears of the messages that its own consumers lost their workers over. */
export const advisoryConsumerConfig = (service: ServiceName, environment: TopologyEnvironment) =>
  ({
    durable_name: advisoryConsumerName(service),
    description: `Dead letters for messages whose worker in ${service} died at every delivery.`,
    filter_subjects: consumersOf(service).map(advisorySubject),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(environment.WAYBILL_ACK_WAIT_MS ?? 30_000),
    max_deliver: -1,
  }) satisfies Partial<ConsumerConfig>;

/** Every durable consumer there shall be, with the stream it reads. */
export function wantedConsumers(
  environment: TopologyEnvironment,
  services: readonly ServiceName[] = serviceNames,
): { stream: string; config: Partial<ConsumerConfig> & { durable_name: string } }[] {
  return services.flatMap((service) => [
    ...consumersOf(service).map((contract) => ({
      stream: streams[contract.stream].name,
      config: consumerConfig(contract, environment),
    })),
    { stream: streams.advisories.name, config: advisoryConsumerConfig(service, environment) },
  ]);
}

/**
 * What differs between what a contract wants and what the server has, as `field is A, not B`. Only fields that change
 * who gets which message, or when again, are compared; sizes and replicas are the operator's.
 */
export function differences(
  wanted: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): string[] {
  const written = (value: unknown): string =>
    JSON.stringify(Array.isArray(value) ? (value as unknown[]).toSorted() : value) ?? 'unset';
  return fields
    .filter((field) => written(wanted[field]) !== written(found[field]))
    .map((field) => `${field} is ${written(found[field])}, not ${written(wanted[field])}`);
}

export const comparedStreamFields = [
  'subjects',
  'retention',
  'storage',
  'allow_direct',
  'deny_delete',
  'deny_purge',
] as const;
export const comparedConsumerFields = [
  'filter_subject',
  'filter_subjects',
  'ack_policy',
  'ack_wait',
  'max_deliver',
] as const;
