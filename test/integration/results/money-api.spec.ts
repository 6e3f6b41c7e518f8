import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  budgetListViewSchema,
  budgetViewSchema,
  usageViewSchema,
  type Problem,
  type UsageView,
} from '@waybill/contracts';
import type { Bill, Purse } from '@waybill/llm-routing';
import { Database, PostgresJobArchive, PURSE } from '@waybill/persistence';
import { billOf, intentOf, reserved, type IntentWishes } from '../money/money-fixtures.js';
import { keyOf, storyOf } from './job-stories.js';
import { recorded } from './recorded.js';
import { startResults, type RunningResults } from './start-results.js';
import { patientDatabase, dayHasRoom } from '../../support/index.js';

let results: RunningResults;
let database: Database;
let purse: Purse;
/** Everything was booked on it. */
let today: string;

const spend = async (usd: number, wishes: IntentWishes = {}, service?: Bill['service']): Promise<void> =>
  await purse.settle(
    reserved(await purse.reserve(intentOf({ usd, ...wishes }))),
    billOf(usd, { model: wishes.model ?? 'maker/fine', service }),
  );

beforeAll(async () => {
  await dayHasRoom(90_000);
  results = await startResults();
  database = new Database(results.databaseUrl, patientDatabase);
  purse = results.app.get<Purse>(PURSE, { strict: false });
  await spend(0.3, { model: 'maker/fine', tags: ['night', 'eu'], job: 'j1', documentKind: 'invoice' });
  await spend(0.2, { model: 'maker/fast', tags: ['night'], job: 'j1', tier: 1, pages: [1, 2, 3] }, 'flex');
  await spend(0.1, { model: 'maker/fast', job: 'j2', tier: 1, credential: 'wb_live_nightly' }, 'batch');
  await spend(7, { tenant: 'other', job: 'theirs', tags: ['night'] });
  await purse.reserve(intentOf({ usd: 0.05, job: 'j3', leaseMs: 3_600_000 }));
  await purse.reserve(intentOf({ usd: 0.04, job: 'j3', leaseMs: 0 }));
  const now = Date.now();
  today = new Date(now).toISOString().slice(0, 10);
  await results.append(
    storyOf('read', { pages: 2, pageCostUsd: 0.01, startMs: now, end: 'open', credential: 'wb_live_reader' }),
  );
  await recorded(new PostgresJobArchive(database), keyOf('read'), (state) => state.pages.costUsd === 0.02);
});

afterAll(async () => {
  await database.close();
  await results.stop();
});

const usage = async (query: string): Promise<UsageView> =>
  usageViewSchema.parse(await (await results.get(`/v1/usage${query}`)).json());
const costs = async (by: string, query = ''): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await usage(`?by=${by}${query}`)).rows.map(({ group, costUsd }) => [Object.values(group).join(' '), costUsd]),
  );

describe('GET /v1/usage', () => {
  it('counts everything of the tenant once, and tells what is held and what nobody knows of', async () => {
    expect(await usage('')).toMatchObject({
      rows: [],
      totals: { calls: 5, costUsd: 0.62, inputTokens: 2_700, outputTokens: 150, pages: 7 },
      reserved: { calls: 1, mostUsd: 0.05 },
      unconfirmed: { calls: 1, mostUsd: 0.04 },
    });
  });

  it('adds up by every dimension', async () => {
    expect(await costs('model')).toEqual({ 'maker/fine': 0.3, 'maker/fast': 0.3, 'reader/fast': 0.02 });
    expect(await costs('provider')).toEqual({ maker: 0.6, reader: 0.02 });
    expect(await costs('tier')).toEqual({ 1: 0.32, 2: 0.3 });
    expect(await costs('service')).toEqual({ standard: 0.3, flex: 0.2, batch: 0.1, '': 0.02 });
    expect(await costs('service,tier', '&job=j1')).toEqual({ 'standard 2': 0.3, 'flex 1': 0.2 });
    expect(await costs('job')).toEqual({ j1: 0.5, j2: 0.1, read: 0.02 });
    expect(await costs('document')).toEqual({ 'j1/0': 0.5, 'j2/0': 0.1, 'read/0': 0.02 });
    expect(await costs('kind')).toEqual({ invoice: 0.3, '': 0.32 });
    expect(await costs('purpose')).toEqual({ answer: 0.6, read: 0.02 });
    expect(await costs('task')).toEqual({ extract: 0.62 });
    expect(await costs('tenant')).toEqual({ acme: 0.62 });
    expect(await costs('key')).toEqual({ '': 0.5, wb_live_nightly: 0.1, wb_live_reader: 0.02 });
    expect(await costs('job', '&key=wb_live_nightly')).toEqual({ j2: 0.1 });
    expect(await costs('catalog')).toEqual({ 'test-1': 0.6, 'ocr-test': 0.02 });
    expect(await costs('day,model', '&model=reader/fast')).toEqual({ [`${today} reader/fast`]: 0.02 });
    expect(await costs('month')).toEqual({ [today.slice(0, 7)]: 0.62 });
  });

  it('counts a tagged row for each tag, and shares a row over its pages exactly', async () => {
    expect(await costs('tag')).toEqual({ night: 0.5, eu: 0.3, '': 0.12 });
    const pages = await usage('?by=page&job=j1&model=maker/fast');
    expect(pages.rows.map(({ group, costUsd, calls }) => [group.page, costUsd, calls])).toEqual([
      ['j1/0/1', 0.066666666668, 0.333333],
      ['j1/0/2', 0.066666666666, 0.333333],
      ['j1/0/3', 0.066666666666, 0.333333],
    ]);
    expect(await costs('page', '&job=read')).toEqual({ 'read/0/1': 0.01, 'read/0/2': 0.01 });
  });

  it('tells of each picture how it went, and shares a row over its pictures exactly', async () => {
    const tenant = 'painter';
    const picture = { estimatedTokens: 900, bytes: 5_000, width: 800, height: 1_200 };
    const images = [
      { ...picture, page: 2, detail: 'high' as const },
      { ...picture, page: 2, width: 1_000, height: 100 },
      { ...picture, page: 3, detail: 'low' as const },
    ];
    await spend(0.1, { tenant, job: 'seen', pages: [2, 3], images });
    await spend(0.3, { tenant, job: 'seen', pages: [2], images: [{ ...picture, page: 2, billedTokens: 850 }] });
    await spend(0.05, { tenant, job: 'seen', pages: [1, 2] });
    const headers = { 'waybill-tenant': tenant };
    const ask = async (more = '') => await results.get(`/v1/usage?by=image,page${more}`, { headers });
    const { rows, totals } = usageViewSchema.parse(await (await ask()).json());
    const second = {
      sent: 3,
      estimatedTokens: 2_700,
      billedTokens: 850,
      bytes: 15_000,
      widthPx: 1_000,
      heightPx: 1_200,
    };
    const third = { sent: 1, estimatedTokens: 900, bytes: 5_000, widthPx: 800, heightPx: 1_200 };
    expect(rows.map(({ group, costUsd, image }) => [group.image, group.page, costUsd, image])).toEqual([
      ['seen/0/2', 'seen/0/2', 0.366666666667, { ...second, details: ['high'] }],
      ['seen/0/3', 'seen/0/3', 0.033333333333, { ...third, details: ['low'] }],
      [null, 'seen/0/1', 0.025, undefined],
      [null, 'seen/0/2', 0.025, undefined],
    ]);
    expect(totals).toMatchObject({ calls: 3, costUsd: 0.45, images: 4 });
    const [head, first, , none] = (await (await ask('&format=csv')).text()).split('\r\n');
    expect(head).toMatch(/,image\.sent,image\.estimatedTokens,image\.billedTokens,image\.bytes,/);
    expect(first).toMatch(/,3,2700,850,15000,1000,1200,high$/);
    expect(none).toMatch(/,,,,,,,$/);
  });

  it('keeps to the time, the tag and the number of groups that are asked for', async () => {
    expect(await usage('?by=job&to=2020-01-01T00:00:00.000Z')).toMatchObject({
      rows: [],
      totals: { calls: 0, costUsd: 0 },
    });
    expect(await costs('job', '&tag=eu')).toEqual({ j1: 0.3 });
    expect(await usage('?by=job&limit=1')).toMatchObject({ rows: [{ group: { job: 'j1' } }], isCut: true });
    expect(await usage('?by=job&limit=3')).toMatchObject({ isCut: false });
  });

  it('gives a spreadsheet the same', async () => {
    const answer = await results.get('/v1/usage?by=job&format=csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await answer.text()).split('\r\n');
    expect(lines[0]).toMatch(/^job,calls,costUsd,/);
    expect(lines.slice(1, 4).map((line) => line.split(',').slice(0, 3).join(' '))).toEqual([
      'j1 2 0.5',
      'j2 1 0.1',
      'read 2 0.02',
    ]);
  });

  it('shows a tenant nothing of another', async () => {
    const answer = await results.get('/v1/usage?by=job,tag', { headers: { 'waybill-tenant': 'other' } });
    const view = usageViewSchema.parse(await answer.json());
    expect(view).toMatchObject({
      rows: [{ group: { job: 'theirs', tag: 'night' }, costUsd: 7 }],
      totals: { costUsd: 7 },
    });
    expect([view.reserved.calls, view.unconfirmed.calls]).toEqual([0, 0]);
    expect(await costs('job', '&job=theirs')).toEqual({});
  });

  it.each([
    '?by=weather',
    '?by=day,day',
    '?from=yesterday',
    '?limit=0',
    '?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
  ])('refuses %s', async (query) => {
    const answer = await results.get(`/v1/usage${query}`);
    expect([answer.status, ((await answer.json()) as Problem).type]).toEqual([
      400,
      'urn:waybill:problem:invalid-request',
    ]);
  });
});

describe('/v1/budgets', () => {
  const put = (name: string, body: object, tenant = 'acme') =>
    results.get(`/v1/budgets/${name}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'waybill-tenant': tenant },
      body: JSON.stringify(body),
    });
  const list = async (tenant = 'acme') =>
    budgetListViewSchema.parse(
      await (await results.get('/v1/budgets', { headers: { 'waybill-tenant': tenant } })).json(),
    ).budgets;

  it('are set, replaced, shown with what is left, kept by the next call, and removed', async () => {
    expect((await put('team', { window: 'day', capUsd: 5, over: 'refuse' })).status).toBe(200);
    const set = await put('team', { window: 'total', capUsd: 0.7, over: 'degrade' });
    const standing = { name: 'team', window: 'total', capUsd: 0.7, over: 'degrade', spentUsd: 0.62, reservedUsd: 0.05 };
    expect(budgetViewSchema.parse(await set.json())).toEqual({ ...standing, leftUsd: 0.03 });
    expect(await list()).toEqual([{ ...standing, leftUsd: 0.03 }]);
    expect(await purse.reserve(intentOf({ usd: 0.1 }))).toMatchObject({ kind: 'degrade', leftUsd: 0.03 });
    const gone = () => results.get('/v1/budgets/team', { method: 'DELETE' });
    expect([(await gone()).status, (await gone()).status, await list()]).toEqual([204, 404, []]);
  });

  it('belong to their tenant', async () => {
    await put('mine', { window: 'job', capUsd: 1, over: 'refuse' });
    expect(await list('other')).toEqual([]);
    const headers = { 'waybill-tenant': 'other' };
    expect((await results.get('/v1/budgets/mine', { headers })).status).toBe(404);
    expect((await results.get('/v1/budgets/mine', { headers, method: 'DELETE' })).status).toBe(404);
    expect(await list()).toMatchObject([{ name: 'mine' }]);
  });

  it.each([
    [
      'a wait that never ends',
      'x',
      { window: 'total', capUsd: 1, over: 'wait' },
      'only a budget for an hour, day or month',
    ],
    ['a job’s budget by the day', 'x', { window: 'day', capUsd: 1, over: 'refuse', job: 'j1' }, 'has the window job'],
    ['a debt', 'x', { window: 'day', capUsd: -1, over: 'refuse' }, ''],
    ['a field that it does not know', 'x', { window: 'day', capUsd: 1, over: 'refuse', colour: 'red' }, 'colour'],
    ['a name that is none', 'X y', { window: 'day', capUsd: 1, over: 'refuse' }, 'lower-case'],
  ])('refuses %s', async (_what, name, body, sentence) => {
    const answer = await put(name, body);
    const problem = (await answer.json()) as Problem;
    expect(answer.status).toBe(400);
    expect(JSON.stringify(problem.errors)).toContain(sentence);
  });
});
