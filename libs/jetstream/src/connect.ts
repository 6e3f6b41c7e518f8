import { readFile } from 'node:fs/promises';
import {
  connect as connectToServer,
  errors,
  nkeyAuthenticator,
  type ConnectionOptions,
  type NatsConnection,
} from '@nats-io/transport-node';
import { ConfigurationError, type Environment } from '@waybill/platform';
import { refuseOldServer } from './server-version.js';

export type { NatsConnection } from '@nats-io/transport-node';

type ServerEnvironment = Pick<Environment, 'NATS_URL'> &
  Partial<Pick<Environment, `WAYBILL_NATS_${string}` & keyof Environment>>;

/**
 * Connects to the servers of `NATS_URL` (several separated by commas; `nats://user:password@host`,
 * `nats://token@host` and `tls://host` are understood; over TLS the server's certificate is always verified). Once connected, it reconnects for as long as it lives.
 * @throws ConfigurationError with a sentence when no server answers, refuses the credentials, or is too old.
 */
export async function connect(environment: ServerEnvironment, name: string): Promise<NatsConnection> {
  const connection = await connectToServer({
    ...serverOptions(environment),
    ...(await seedOptions(environment.WAYBILL_NATS_NKEY_FILE)),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    reconnectJitter: 100,
    ignoreAuthErrorAbort: true,
    pingInterval: 15_000,
    maxPingOut: 2,
    // Else every request makes two errors with stack traces, just in case: a quarter of a publisher's CPU.
    noAsyncTraces: true,
  }).catch((error: unknown) => {
    throw new ConfigurationError(refusal(environment.NATS_URL, error), { cause: error });
  });
  try {
    refuseOldServer(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
}

/** The client library does not read credentials from an address, so they are taken out of it here. */
function serverOptions(environment: ServerEnvironment): ConnectionOptions {
  const parsed = environment.NATS_URL.split(',').map(
    (url) => new URL(url.includes('://') ? url.trim() : `nats://${url.trim()}`),
  );
  const { username = '', password = '', protocol } = parsed[0] ?? {};
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  return {
    servers: parsed.map((url) => url.host),
    ...(user && pass ? { user, pass } : user ? { token: user } : {}),
    ...(protocol === 'tls:' || environment.WAYBILL_NATS_CA_FILE !== undefined ? { tls: tlsOptions(environment) } : {}),
  };
}

/** The client library reads the files anew at each connection, so that renewed certificates are taken up. */
function tlsOptions(environment: ServerEnvironment): NonNullable<ConnectionOptions['tls']> {
  const { WAYBILL_NATS_CA_FILE: caFile, WAYBILL_NATS_SERVER_NAME: servername } = environment;
  const { WAYBILL_NATS_CERT_FILE: certFile, WAYBILL_NATS_CERT_KEY_FILE: keyFile } = environment;
  // `servername` goes to Node's TLS as it is, though the library's type does not name it.
  const named: object = servername === undefined ? {} : { servername };
  return { ...(caFile ? { caFile } : {}), ...(certFile && keyFile ? { certFile, keyFile } : {}), ...named };
}

/** The secret half of an nkey, from its own file; what is proven with it never leaves this process. */
async function seedOptions(path: string | undefined): Promise<ConnectionOptions> {
  if (path === undefined) return {};
  const seed = await readFile(path, 'utf8').catch((error: unknown) => {
    const sentence = `WAYBILL_NATS_NKEY_FILE cannot be read (${(error as Error).message}); correct it.`;
    throw new ConfigurationError(sentence, { cause: error });
  });
  return { authenticator: nkeyAuthenticator(new TextEncoder().encode(seed.trim())) };
}

function refusal(urls: string, error: unknown): string {
  const where = urls.replace(/\/\/[^@/,]*@/g, '//');
  if (error instanceof errors.AuthorizationError) {
    return `The NATS server at ${where} refuses the credentials; put the right ones into NATS_URL.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `No NATS server answers at ${where} (${reason}); start one, or set NATS_URL to where it listens.`;
}
