import { StageError } from '@waybill/jobs';
import { Database } from '@waybill/persistence';
import { fail, ok, warn, type Finding, type Surroundings } from './finding.js';

const lowestMajorVersion = 14;

/** Postgres answers, is new enough, and its tables are up to date. */
export async function checkPostgres({ servers, commandLine }: Surroundings): Promise<Finding | Finding[]> {
  if (servers.databaseUrl === undefined) {
    return ok('Postgres', `DATABASE_URL is not set; \`${commandLine('up')}\` brings its own`);
  }
  const database = new Database(servers.databaseUrl, { poolSize: 1, connectTimeoutMs: 5_000 });
  try {
    const source = await database.connected();
    const rows: unknown = await source.query('SHOW server_version');
    const version = String((rows as readonly { server_version: string }[])[0]?.server_version);
    const pending = await source.showMigrations();
    return [
      Number.parseInt(version, 10) >= lowestMajorVersion
        ? ok('Postgres', version)
        : warn('Postgres', `${version} is older than what is tested`, `Use Postgres ${lowestMajorVersion} or newer.`),
      pending ? fail('tables', 'not up to date', `Run \`${commandLine('provision')}\`.`) : ok('tables', 'up to date'),
    ];
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return fail('Postgres', error.message, 'Correct DATABASE_URL, or unset it to use an embedded server.');
  } finally {
    await database.close();
  }
}
