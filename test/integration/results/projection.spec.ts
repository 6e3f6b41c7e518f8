import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JobFinished, PageEnded } from '@waybill/contracts';
import { foldHistory, type RecordedEvent } from '@waybill/jobs';
import { Database, migrate, PostgresJobArchive, PostgresJobProjection, rebuildProjection } from '@waybill/persistence';
import { patientDatabase, createTestDatabase, type TestDatabase } from '../../support/index.js';
import { interleaved, keyOf, storyOf } from './job-stories.js';

let testDatabase: TestDatabase;
let database: Database;
let projection: PostgresJobProjection;
let archive: PostgresJobArchive;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  await migrate(testDatabase.url);
  database = new Database(testDatabase.url, patientDatabase);
  projection = new PostgresJobProjection(database);
  archive = new PostgresJobArchive(database);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Deterministic, so that a failure can be seen again. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return items
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

const use = { tier: 1, durationMs: 1 };

const count = async (table: string): Promise<number> =>
  await database.run(async (manager) => {
    const [row] = await manager.query<[{ count: string }]>(`SELECT count(*) FROM ${table}`);
    return Number(row.count);
  });

const sum = async (expression: string): Promise<string> =>
  await database.run(async (manager) => {
    const [row] = await manager.query<[{ sum: string }]>(`SELECT ${expression} AS sum FROM ledger`);
    return row.sum;
  });

describe('migrate', () => {
  it('applies each migration once, also when several processes start together', async () => {
    const fresh = await createTestDatabase();
    try {
      const applied = await Promise.all([migrate(fresh.url), migrate(fresh.url), migrate(fresh.url)]);
      expect(applied.flat().toSorted()).toEqual([...new Set(applied.flat())].toSorted());
      expect(applied.flat()).toContain('CreateProjection1772323200000');
      expect(await migrate(fresh.url)).toEqual([]);
    } finally {
      await fresh.drop();
    }
  });

  it('makes the tables that the entities describe', async () => {
    const source = await database.connected();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it.each([
    ['refused', (url: URL) => (url.port = '1'), /^Nothing answers at 127\.0\.0\.1:1; start Postgres/],
    ['missing', (url: URL) => (url.pathname = '/nowhere'), /has no database nowhere; create it/],
    ['unknown user', (url: URL) => (url.username = 'nobody'), /does not let the user nobody in; correct user/],
  ])('says in a sentence what is wrong with a database that is %s', async (_name, change, sentence) => {
    const url = new URL(testDatabase.url);
    change(url);
    await expect(migrate(url.href)).rejects.toThrow(sentence);
  });

  it('says that a database is not up to date', async () => {
    const fresh = await createTestDatabase();
    const empty = new Database(fresh.url, patientDatabase);
    try {
      await expect(new PostgresJobArchive(empty).find(keyOf('x'))).rejects.toThrow(/run `waybill provision`/);
    } finally {
      await empty.close();
      await fresh.drop();
    }
  });
});

describe('PostgresJobProjection', () => {
  it('gives the folded state, whatever the order, the repetitions and the replicas', async () => {
    const stories = Array.from({ length: 60 }, (_, index) =>
      storyOf(`many-${index}`, { pages: 1 + (index % 5), failedPages: index % 3 === 0 ? [1] : [] }),
    );
    const events = interleaved(stories);
    const replicas = [1, 2, 3].map((seed) => chunks(shuffled(events, seed), 40));
    await Promise.all(
      replicas.map(async (batches) => {
        for (const batch of batches) await projection.record(batch);
      }),
    );
    for (const [index, story] of stories.entries()) {
      const own = events.filter(({ event }) => event.jobId === `many-${index}`);
      expect(await archive.find(keyOf(`many-${index}`))).toEqual(foldHistory(own));
      const endings = story.filter((event): event is PageEnded => event.type.startsWith('page-'));
      expect(await archive.pageEndings(keyOf(`many-${index}`))).toEqual(endings);
      const final = story.find((event): event is JobFinished => event.type === 'job-finished');
      expect(await archive.finalEvent(keyOf(`many-${index}`))).toEqual(final);
    }
    expect(await count('results')).toBe(60);
    expect(await count('ledger')).toBe(120);
    expect(await sum('sum(cost_usd)')).toBe('0.000000144000');
  });

  it('books each page as it was read and the rest with the end, whatever comes again, and nothing twice', async () => {
    const story = storyOf('booked', { pages: 3, pageCostUsd: 0.1, tags: ['night'] }).map((event) => {
      if (event.type !== 'job-finished') return event;
      const [document] = event.result!.documents;
      const models = [
        { ...use, model: 'reader/fast', purpose: 'read' as const, costUsd: 0.3 },
        { ...use, model: 'maker/fine', costUsd: 0.5, reservation: 'acme/booked/0/1' },
        { ...use, model: 'waybill/rules-1', costUsd: 0 },
      ];
      return { ...event, result: { ...event.result!, documents: [{ ...document!, models }] } };
    });
    const events = interleaved([story]);
    for (const batch of [...chunks(events, 2), ...chunks(events, 3)]) await projection.record(batch);
    const rows = await database.execute(
      `SELECT entry, cost_usd::float AS cost, pages, tags, task, purpose, provider, catalog_version AS catalog
       FROM ledger WHERE job_id = 'booked' ORDER BY entry`,
      [],
    );
    const page = {
      cost: 0.1,
      tags: ['night'],
      task: 'extract',
      purpose: 'read',
      provider: 'reader',
      catalog: 'ocr-test',
    };
    expect(rows).toEqual([
      ...[1, 2, 3].map((number) => ({ entry: `page/booked/0/${number}`, pages: [number], ...page })),
      { ...page, entry: 'use/booked/0/2', cost: 0, pages: [], purpose: 'answer', provider: 'waybill', catalog: null },
    ]);
    const sums = await database.execute(
      `SELECT scope, span, cost_usd::float AS cost FROM spending WHERE scope IN ('job:booked', 'tag:night')`,
      [],
    );
    expect(sums.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))).toEqual(
      [
        ['job:booked', 'total'],
        ['tag:night', 'day'],
        ['tag:night', 'hour'],
        ['tag:night', 'month'],
        ['tag:night', 'total'],
      ].map(([scope, span]) => ({ scope, span, cost: 0.3 })),
    );
  });

  it('names a job that has ended with all that is known of it, in either order', async () => {
    const [acceptance, plan, page, end] = interleaved([storyOf('hook', { callbackUrl: 'https://example.org/h' })]) as [
      RecordedEvent,
      RecordedEvent,
      RecordedEvent,
      RecordedEvent,
    ];
    const names = async (...events: RecordedEvent[]) =>
      (await projection.record(events)).ended.map(({ jobId, accepted }) => [jobId, accepted?.callback?.url]);
    expect(await names(end)).toEqual([['hook', undefined]]);
    expect(await names(plan, page)).toEqual([]);
    expect(await names(acceptance)).toEqual([['hook', 'https://example.org/h']]);
    expect(await names(page)).toEqual([]);
    expect(await names(end)).toEqual([['hook', 'https://example.org/h']]);
  });

  it('takes text that Postgres refuses', async () => {
    const story = storyOf('nul', { tags: ['a\u0000b'] });
    expect((await projection.record(interleaved([story]))).refused).toEqual([]);
    expect((await archive.find(keyOf('nul')))?.accepted?.tags).toEqual(['a\ufffdb']);
  });

  it('refuses one event that cannot be stored and records the others of its batch', async () => {
    const broken = storyOf('broken', { startMs: Date.parse('2026-03-01T10:00:00Z') }).map((event) =>
      event.type === 'page-read' ? { ...event, attempts: 3_000_000_000 } : event,
    );
    const events = interleaved([broken, storyOf('fine')]);
    const { refused } = await projection.record(events);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.recorded.event.type).toBe('page-read');
    expect(refused[0]?.reason).toMatch(/out of range/);
    expect((await archive.find(keyOf('fine')))?.finished?.status).toBe('completed');
    expect((await archive.find(keyOf('broken')))?.finished?.status).toBe('completed');
  });

  it('needs one statement for a batch, large or small, whose jobs it has seen begin', async () => {
    const pool = (
      (await database.connected()).driver as unknown as { master: { query: (...given: unknown[]) => unknown } }
    ).master;
    const { query } = pool;
    let statements = 0;
    pool.query = (...given) => {
      statements += 1;
      return query.apply(pool, given);
    };
    try {
      await projection.record(interleaved([storyOf('small')]));
      await projection.record(interleaved(Array.from({ length: 80 }, (_, index) => storyOf(`large-${index}`))));
      const stories = interleaved(Array.from({ length: 10 }, (_, index) => storyOf(`step-${index}`)));
      for (const batch of chunks(stories, 10)) await projection.record(batch);
      expect(statements).toBe(2 + Math.ceil(stories.length / 10));
    } finally {
      pool.query = query;
    }
  });

  it('goes on from what another replica wrote, and from what a rebuild forgot', async () => {
    const [acceptance, plan, page, end] = interleaved([storyOf('handed')]) as [
      RecordedEvent,
      RecordedEvent,
      RecordedEvent,
      RecordedEvent,
    ];
    const other = new PostgresJobProjection(database);
    await projection.record([acceptance]);
    await other.record([plan]);
    await projection.record([page]);
    await other.record([acceptance, plan], 'rebuild');
    await projection.record([end]);
    await other.record([page, end], 'rebuild');
    expect(await archive.find(keyOf('handed'))).toEqual(foldHistory([acceptance, plan, page, end]));
    expect(await archive.pageEndings(keyOf('handed'))).toHaveLength(1);
  });
});

describe('rebuildProjection', () => {
  it('tells wrong and missing rows anew, while a service goes on recording', async () => {
    const stories = Array.from({ length: 200 }, (_, index) => storyOf(`again-${index}`, { pages: 2 }));
    const events = interleaved(stories, 1_000);
    const before = events.filter(({ event }) => event.type !== 'job-finished');
    const live = events.filter(({ event }) => event.type === 'job-finished');
    for (const batch of chunks(before, 100)) await projection.record(batch);
    await database.run((manager) =>
      manager.query(`UPDATE jobs SET progress = jsonb_set(progress, '{lastStep}', '999999')`),
    );
    await database.run((manager) => manager.query(`DELETE FROM pages WHERE job_id LIKE 'again-1%'`));
    async function* replay() {
      yield* before;
      yield* live;
    }
    const ledger = await count('ledger');
    const [{ recorded, refused }] = await Promise.all([
      rebuildProjection({ databaseUrl: testDatabase.url, events: replay() }),
      (async () => {
        for (const batch of chunks(live, 7)) await projection.record(batch);
      })(),
    ]);
    expect({ recorded, refused }).toEqual({ recorded: events.length, refused: [] });
    for (const [index] of stories.entries()) {
      const own = events.filter(({ event }) => event.jobId === `again-${index}`);
      expect(await archive.find(keyOf(`again-${index}`))).toEqual(foldHistory(own));
      expect(await archive.pageEndings(keyOf(`again-${index}`))).toHaveLength(2);
    }
    expect(await count('ledger')).toBe(ledger + 400);
  });
});
