import type { Hop } from '@waybill/contracts';
import type { Environment } from './config.js';

type RegionEnvironment = Pick<
  Environment,
  | 'WAYBILL_REGION'
  | 'WAYBILL_NATS_REGION'
  | 'WAYBILL_DATABASE_REGION'
  | 'WAYBILL_DOCUMENT_STORE'
  | 'WAYBILL_DOCUMENT_STORE_REGION'
  | 'WAYBILL_S3_ENDPOINT'
  | 'WAYBILL_S3_REGION'
>;

/** Where content of every job is, as far as the configuration says: with the services, in NATS, Postgres and the document store. */
export function installationHops(environment: RegionEnvironment): Hop[] {
  const { WAYBILL_REGION: home } = environment;
  const inNats = environment.WAYBILL_NATS_REGION ?? home;
  return [
    hop('services', 'Waybill', home),
    hop('messages', 'NATS', inNats),
    hop('database', 'Postgres', environment.WAYBILL_DATABASE_REGION ?? home),
    storeHop(environment, inNats),
  ];
}

/** The same for receipts: nothing where the operator has said nothing about regions. */
export function statedHops(environment: RegionEnvironment): Hop[] {
  const hops = installationHops(environment);
  return hops.some(({ regions }) => regions !== undefined) ? hops : [];
}

/** A bucket is in the region that it is asked for in; what region a server of one's own is asked for in means nothing. */
function storeHop(environment: RegionEnvironment, inNats: string | undefined): Hop {
  const { WAYBILL_DOCUMENT_STORE: store, WAYBILL_DOCUMENT_STORE_REGION: stated } = environment;
  if (store === 'jetstream') return hop('document-store', 'NATS', stated ?? inNats);
  const ofBucket = environment.WAYBILL_S3_ENDPOINT === undefined ? environment.WAYBILL_S3_REGION : undefined;
  return hop('document-store', store, stated ?? ofBucket);
}

const hop = (kind: Hop['kind'], name: string, region: string | undefined): Hop => ({
  kind,
  name,
  ...(region === undefined ? {} : { regions: [region] }),
});
