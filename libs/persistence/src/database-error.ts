import { StageError } from '@waybill/jobs';

/** What a driver error carries, as far as it matters here. */
interface DriverError {
  readonly code?: string;
  readonly message?: string;
  readonly driverError?: DriverError;
  readonly errors?: readonly DriverError[];
}

/** Classes of SQLSTATE that mean "not now": connection, resources, operator intervention, serialization, locks. */
const passingClasses = ['08', '53', '57', '40', '55'];
// 25006: a standby, or a database that is read-only for now.
const passingCodes = [
  '25006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
];
/** Sentences of pg for connections that broke or never came to be; they carry no code. */
const passingMessages =
  /connection terminated|connection ended|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|not queryable|driver not connected|pool after calling end/i;

/**
 * Translates what TypeORM or pg threw. `unavailable` is retryable: the data is right, the database is not there.
 * @returns a StageError, or the error itself when it is neither (a bug).
 */
export function translateDatabaseError(error: unknown, databaseUrl: string): unknown {
  if (error instanceof StageError) return error;
  const cause = innermost(error as DriverError);
  const sentence = sentenceOf(cause, databaseUrl);
  return sentence === undefined ? error : new StageError('unavailable', sentence, { retryable: true, cause: error });
}

/** True for values that Postgres will refuse every time: SQLSTATE classes 22 (data) and 23 (integrity). */
export function isDataError(error: unknown): boolean {
  const { code = '' } = innermost(error as DriverError);
  return /^2[23][0-9A-Z]{3}$/.test(code);
}

/** One sentence that says what to do, or undefined for errors that are about something else than the connection. */
function sentenceOf({ code = '', message = '' }: DriverError, databaseUrl: string): string | undefined {
  const place = placeOf(databaseUrl);
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing answers at ${place.server}; start Postgres there or point DATABASE_URL to it.`;
    case 'ENOTFOUND':
      return `The host ${place.host} of DATABASE_URL is not known; correct it.`;
    case '28P01':
    case '28000':
      return `Postgres at ${place.server} does not let the user ${place.user} in; correct user and password in DATABASE_URL.`;
    case '3D000':
      return `Postgres at ${place.server} has no database ${place.database}; create it or correct DATABASE_URL.`;
    case '42P01':
    case '42703':
      return `The database ${place.database} is not up to date (${message}); run \`waybill provision\`.`;
    case '42501':
      return `The user ${place.user} lacks a right in the database ${place.database} (${message}); grant it.`;
    case 'ENOENT':
      return `A file that DATABASE_URL names for TLS is missing (${message}); correct it.`;
    default: {
      if (isOfTls(code, message)) {
        return `Postgres at ${place.server} is not the one that DATABASE_URL trusts (${message}); correct its certificate or sslrootcert.`;
      }
      const isPassing = passingCodes.includes(code) || (code.length === 5 && passingClasses.includes(code.slice(0, 2)));
      if (!isPassing && !passingMessages.test(message)) return undefined;
      return `Postgres at ${place.server} cannot be used now (${message || code}).`;
    }
  }
}

/** Errors of a TLS handshake, as OpenSSL, Node and pg name them. */
const isOfTls = (code: string, message: string): boolean =>
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/.test(code) ||
  /does not support SSL connections/.test(message);

/** TypeORM wraps driver errors; Node wraps the errors of several addresses of one host. */
function innermost(error: DriverError): DriverError {
  if (error.driverError && error.driverError !== error) return innermost(error.driverError);
  const first = error.errors?.[0];
  return first ? innermost(first) : error;
}

function placeOf(databaseUrl: string): { server: string; host: string; user: string; database: string } {
  const { hostname, port, username, pathname } = new URL(databaseUrl);
  return {
    server: `${hostname}:${port || '5432'}`,
    host: hostname,
    user: decodeURIComponent(username) || 'postgres',
    database: decodeURIComponent(pathname.slice(1)) || 'postgres',
  };
}
