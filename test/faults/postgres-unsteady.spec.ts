import pg from 'pg';
import { describe, expect, it } from '@jest/globals';
import { beginFaultRun, proveNothingLost } from './support/fault-run.js';

const jobs = 200;
const jobsFromCutToCut = 4;

/** Ends every other session of the database, whatever it is in the middle of. */
const cutAll = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()`;

async function inDatabase(databaseUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Invariant: a Postgres that drops connections, or is a standby for a while, loses no event and records none twice. */
describe('a Postgres that fails over', () => {
  it('cuts every connection again and again, in the middle of transactions', async () => {
    const run = await beginFaultRun(701, {}, jobs);
    try {
      await inDatabase(run.stack.databaseUrl, async (client) => {
        let cuts = 0;
        // By what has ended, not by time: on a slow machine nothing would ever get done from one cut to the next.
        for (let ended = 0; ended < 0.9 * jobs; ended += jobsFromCutToCut) {
          await run.ledger.ended(ended);
          cuts += (await client.query(cutAll)).rowCount ?? 0;
        }
        expect(cuts).toBeGreaterThan(5);
      });
      expect((await proveNothingLost(run)).statuses).toMatchObject({ completed: jobs });
    } finally {
      await run.close();
    }
  }, 600_000);

  it('takes no writes for a while', async () => {
    const run = await beginFaultRun(702, {}, jobs);
    try {
      await run.ledger.ended(20);
      await inDatabase(run.stack.databaseUrl, async (client) => {
        const database = new URL(run.stack.databaseUrl).pathname.slice(1);
        await client.query(`ALTER DATABASE "${database}" SET default_transaction_read_only = on`);
        await client.query(cutAll);
        await run.ledger.ended(jobs);
        await client.query('SET default_transaction_read_only = off');
        await client.query(`ALTER DATABASE "${database}" RESET default_transaction_read_only`);
        await client.query(cutAll);
      });
      const { statuses, deadLetters } = await proveNothingLost(run);
      expect(statuses).toMatchObject({ completed: jobs });
      expect(deadLetters).toEqual([]);
    } finally {
      await run.close();
    }
  }, 600_000);
});
