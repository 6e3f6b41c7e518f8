import { tenantSchema } from '@waybill/contracts';
import { WaybillError } from './waybill-error.js';
import type { WaybillNatsClient } from './waybill-nats-client.js';

export interface NatsClientOptions {
  /** Addresses of nats-servers, as in `127.0.0.1:4222`. */
  readonly servers: string | string[];
  readonly tenant: string;
  /** The tenant's nkey seed, as `waybill nats-auth` writes it; absent where the server has no accounts. */
  readonly seed?: string;
}

/** Connects to the servers; the connection is the client's own and ends with `close`. */
export async function connectWaybillNats(options: NatsClientOptions): Promise<WaybillNatsClient> {
  // Loaded here, because whoever speaks REST alone needs none of it.
  const [{ connect, nkeyAuthenticator }, { WaybillNatsClient }] = await Promise.all([
    import('@nats-io/transport-node'),
    import('./waybill-nats-client.js'),
  ]);
  const tenant = tenantSchema.parse(options.tenant);
  const seed = options.seed?.trim();
  const authenticator = seed === undefined ? undefined : nkeyAuthenticator(new TextEncoder().encode(seed));
  const connection = await connect({
    servers: options.servers,
    maxReconnectAttempts: -1,
    ...(authenticator === undefined ? {} : { authenticator }),
  }).catch((cause: unknown) => {
    const sentence = `No NATS server lets us in at ${String(options.servers)} (${(cause as Error).message}); check the address and the seed.`;
    throw new WaybillError('unreachable', sentence, { cause });
  });
  return new WaybillNatsClient(connection, tenant, seed === undefined ? 'open' : 'accounts');
}
