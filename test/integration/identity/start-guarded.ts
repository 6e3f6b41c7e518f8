import { scopes, tenantSchema, type Scope } from '@waybill/contracts';
import { mintKey, type ListedKey } from '@waybill/identity';
import { Database, PostgresKeyBook } from '@waybill/persistence';
import { startIntake, type TestIntake } from '../intake/start-intake.js';
import { startResults, type RunningResults } from '../results/start-results.js';
import { patientDatabase } from '../../support/index.js';

export interface GuardedServices {
  readonly results: RunningResults;
  /** The front door, which passes on to `results`. */
  readonly intake: TestIntake;
  readonly book: PostgresKeyBook;
  readonly database: Database;
  /** Makes a key, with all scopes unless some are named. */
  key(tenant: string, allowed?: readonly Scope[], more?: Partial<ListedKey>): Promise<{ id: string; text: string }>;
  /** Asks the front door with a key or a token. */
  ask(path: string, credential: string | undefined, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** Intake and results as they run in production: every caller shows a credential. */
export async function startGuarded(variables: Record<string, string> = {}): Promise<GuardedServices> {
  const guarded = { WAYBILL_AUTH: 'keys', WAYBILL_OPERATOR_TENANT: 'operator', ...variables };
  const results = await startResults(guarded);
  const shared = { NATS_URL: results.nats.url, DATABASE_URL: results.databaseUrl, WAYBILL_RESULTS_URL: results.url };
  const intake = await startIntake({ ...guarded, ...shared });
  const database = new Database(results.databaseUrl, patientDatabase);
  const book = new PostgresKeyBook(database);
  return {
    results,
    intake,
    book,
    database,
    key: async (tenant, allowed = scopes, more = {}) => {
      const { text, ...minted } = mintKey();
      const facts = { tenant: tenantSchema.parse(tenant), name: 'test', scopes: allowed, createdAt: new Date() };
      await book.add({ ...facts, ...minted, ...more });
      return { id: minted.id, text };
    },
    ask: (path, credential, init = {}) => {
      const headers = new Headers(init.headers);
      if (credential !== undefined) headers.set('authorization', `Bearer ${credential}`);
      return fetch(`${intake.url}${path}`, { ...init, headers });
    },
    stop: async () => {
      await database.close();
      await intake.stop();
      await results.stop();
    },
  };
}
