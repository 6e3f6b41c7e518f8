import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemSchema, type JobView } from '@waybill/contracts';
import type { EmbeddedServer } from '@waybill/embedded-servers';
import { Database, PostgresJobArchive } from '@waybill/persistence';
import { startTestPostgres } from '../../support/index.js';
import { keyOf, storyOf } from './job-stories.js';
import { recorded } from './recorded.js';
import { startResults, type RunningResults } from './start-results.js';

let postgres: EmbeddedServer;
let results: RunningResults;

beforeAll(async () => {
  postgres = await startTestPostgres();
  results = await startResults({ DATABASE_URL: postgres.url });
});

afterAll(async () => {
  await results.stop();
  await postgres.stop();
});

describe('while Postgres is away', () => {
  it('jobs are answered from the event stream, and recorded when it is back', async () => {
    await results.append(storyOf('before'));
    const database = new Database(postgres.url);
    const archive = new PostgresJobArchive(database);
    await recorded(archive, keyOf('before'));
    await postgres.kill();

    await results.append(storyOf('during', { pages: 3 }));
    for (const jobId of ['before', 'during']) {
      const view = (await (await results.get(`/v1/jobs/${jobId}`)).json()) as JobView;
      expect(view).toMatchObject({ id: jobId, status: 'completed' });
      expect((await results.get(`/v1/jobs/${jobId}/result`)).status).toBe(200);
    }
    const listing = await results.get('/v1/jobs');
    expect(listing.headers.get('retry-after')).not.toBeNull();
    expect(problemSchema.parse(await listing.json())).toMatchObject({ status: 503 });

    await postgres.restart();
    expect((await recorded(archiveAgain(database), keyOf('during'))).finished?.status).toBe('completed');
    expect((await (await results.get('/v1/dead-letters')).json()) as object).toEqual({ deadLetters: [] });
    await database.close();
  });
});

/** The archive as `recorded` needs it: unknown, rather than unavailable, until the server is back. */
const archiveAgain = (database: Database): PostgresJobArchive => {
  const archive = new PostgresJobArchive(database);
  const find = archive.find.bind(archive);
  return Object.assign(archive, { find: (job: Parameters<typeof find>[0]) => find(job).catch(() => undefined) });
};
