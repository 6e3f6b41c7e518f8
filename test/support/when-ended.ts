import { setTimeout as pause } from 'node:timers/promises';
import type { JobView } from '@waybill/contracts';
import pg from 'pg';

/** A job's view once it is final, by the URL of the job: waits again and again, however slow the machine is. */
export async function whenEnded(url: string, headers: Readonly<Record<string, string>> = {}): Promise<JobView> {
  for (;;) {
    const job = (await (await fetch(`${url}?wait=30s`, { headers })).json()) as JobView;
    if (job.finishedAt !== undefined) return job;
    // A job over NATS is not known yet in the moment after its PubAck.
    if (job.id === undefined) await pause(20);
  }
}

/**
 * Resolves when the end of a job is in Postgres, and with it its pages and what it cost: the API knows of it before, from the
 * event stream. There is no signal for it but the row itself.
 */
export async function whenRecorded(databaseUrl: string, jobId: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    while ((await client.query('SELECT 1 FROM results WHERE job_id = $1', [jobId])).rowCount === 0) await pause(20);
  } finally {
    await client.end();
  }
}
