import pg from 'pg';
import { drawPdf } from '../../e2e/support/draw-documents.js';
import type { TestStack } from '../../support/index.js';

const note = ['Delivery note of the Quellmark depot', 'Weight: 412.50', 'It was handed at noon to the courier Okafor'];
const schema = { type: 'object', properties: { weight: { type: 'number' }, courier: { type: 'string' } } };

/** Submits a job that rules cannot answer, so that a model is paid for it. */
export async function askModel(url: string, tenant: string, id: string, routing: object = {}): Promise<void> {
  const form = new FormData();
  form.set(
    'submission',
    JSON.stringify({ id, task: { kind: 'extract', schema }, documents: [{ upload: 'file' }], routing }),
  );
  form.set('file', new Blob([await drawPdf([note.join(' / '), id])], { type: 'application/pdf' }), 'note.pdf');
  const answer = await fetch(`${url}/v1/jobs`, { method: 'POST', headers: { 'waybill-tenant': tenant }, body: form });
  if (answer.status !== 202) throw new Error(`The job ${id} was not accepted: ${await answer.text()}`);
}

/** Calls of jobs that are billed, and those of which nobody knows whether they were paid. */
export async function recordedCalls(stack: TestStack, jobs: string): Promise<{ billed: number; open: number }> {
  return await inDatabase(stack, async (client) => {
    const count = async (table: string, more: string): Promise<number> => {
      const text = `SELECT count(*)::int AS calls FROM ${table} WHERE job_id LIKE $1 ${more}`;
      return (await client.query<{ calls: number }>(text, [jobs])).rows[0]?.calls ?? 0;
    };
    return { billed: await count('ledger', "AND entry LIKE 'call/%'"), open: await count('reservations', '') };
  });
}

/** Ends the leases of calls under way now, so that nobody waits for the minutes that they have left. */
export async function endLeases(stack: TestStack): Promise<void> {
  await inDatabase(stack, (client) => client.query('UPDATE reservations SET lease_until = now()'));
}

/** Asks the database of a stack. */
export async function inDatabase<Result>(
  stack: TestStack,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
