import { describe, expect, it } from '@jest/globals';
import type { JobId, PageLayout, PageRead, Tenant } from '@waybill/contracts';
import { systemClock } from '@waybill/jobs';
import { parseCatalog } from '../catalog/catalog.js';
import { buildRouteTable } from '../decision/route-table.js';
import { ExtractCascadeTask } from '../extract/extract-task.js';
import type { RoutingPolicy } from '../policy/routing-policy.js';
import { shippedPolicy } from '../policy/shipped-policy.js';
import { MemoryAnswerJournal } from '../ports/answer-journal.js';
import { MemoryAttemptLog } from '../ports/attempt-log.js';
import { InProcessPurse } from '../ports/in-process-purse.js';
import { InProcessRouteState } from '../ports/in-process-route-state.js';
import type { Purse } from '../ports/purse.js';
import type { ModelAnswer } from '../provider/model-answer.js';
import { ModelError } from '../provider/model-error.js';
import type { ModelProvider } from '../provider/model-provider.js';
import type { ModelRequest } from '../provider/model-request.js';
import { Cascade } from './cascade.js';
import type { CascadeWork } from './cascade-task.js';

const job = { tenant: 'acme' as Tenant, jobId: 'job_1' as JobId };
const words = 'Quellmark Stores Ltd Date: 14/03/2026 TOTAL £3.00'.split(' ');
const layout = {
  page: 1,
  words: words.map((text, at) => ({ text, box: [at / 10, 0, (at + 1) / 10, 0.1], confidence: 0.95 })),
  lines: [{ words: words.map((_, at) => at), box: [0, 0, 1, 0.1], text: words.join(' '), confidence: 0.95 }],
} as unknown as PageLayout;
const read = {
  page: 1,
  summary: { width: 600, height: 800, unit: 'px', dpi: null, confidence: 0.95, words: words.length },
} as PageRead;
const schema = {
  type: 'object',
  properties: { merchant: { type: 'string' }, total: { type: 'number' }, date: { type: 'string', format: 'date' } },
};

const card = (id: string, tier: number, usdPerMillion: number) => ({
  ...{ id: `x/${id}`, provider: 'x', model: id, tier, tasks: ['extract'] },
  prices: { kind: 'metered', usdPerMillion: { standard: { input: usdPerMillion, output: usdPerMillion } } },
  capabilities: { strictJsonSchema: true },
  limits: { contextTokens: 100_000, maxOutputTokens: 8_000 },
});
const retention = { keptDays: 0, usedForTraining: false, zeroRetention: 'always' };
const catalog = parseCatalog({
  providers: [{ id: 'x', title: 'X', regions: ['eu'], retention }],
  models: [card('small', 1, 1), card('middle', 2, 3), card('large', 3, 10)],
});

const usage = {
  ...{ inputTokens: 400, outputTokens: 100, cachedInputTokens: 0 },
  ...{ cacheWrittenInputTokens: 0, imageTokens: 0, reasoningTokens: 0 },
};
const says = (json: object): ModelAnswer => ({
  ...{ text: JSON.stringify(json), json, toolCalls: [], finish: 'stop', usage, model: 'm', raw: null },
});
const merchant = { value: 'Quellmark Stores Ltd', words: [0, 1, 2] };
const total = { value: 3, words: [6] };
const date = { value: '2026-03-14', words: [4] };
const everything = { merchant, total, date };

type Answering = (request: ModelRequest) => ModelAnswer | ModelError | Error;

class Scene {
  readonly calls: string[] = [];
  readonly purse = new InProcessPurse();
  readonly journal = new MemoryAnswerJournal();
  readonly attempts = new MemoryAttemptLog();
  readonly state = new InProcessRouteState(systemClock);
  beforeCall: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly models: Readonly<Record<string, Answering>>,
    private readonly policy: Partial<RoutingPolicy> = {},
  ) {}

  readonly provider: ModelProvider = {
    id: 'x',
    call: async (request) => {
      await this.beforeCall();
      this.calls.push(request.model);
      const answer = this.models[request.model]?.(request) ?? new ModelError('overloaded', 'Nobody is in.');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };

  run(differs: Partial<CascadeWork<never>> = {}, purse: Purse = this.purse) {
    const subject = { task: { kind: 'extract', schema }, kind: 'receipt', schema } as const;
    const facts = { pages: [{ read, layout }], difficulty: 0.1, fieldFloor: 0.8 };
    const task = new ExtractCascadeTask({ ...subject, ...facts }, async () => []);
    const providers = new Map([
      ['x', this.provider],
      ['rules', this.provider],
    ]);
    const asked = buildRouteTable(catalog, { ...shippedPolicy, ...this.policy });
    const tools = { table: () => asked, providers, simulated: new Set<string>(), clock: systemClock };
    const cascade = new Cascade({ ...tools, state: this.state, purse, journal: this.journal, attempts: this.attempts });
    const limits = { routing: {}, deadline: new Date(Date.now() + 3_600_000), spentUsd: 0 };
    return cascade.run({ ...{ job, tags: [], document: 0, pages: [1] }, ...limits, ...differs, task }, never);
  }
}
const never = new AbortController().signal;

describe('Cascade', () => {
  it('is content with a cheap answer that stands on the page', async () => {
    const scene = new Scene({ small: () => says(everything) });
    const end = await scene.run();
    expect(end).toMatchObject({
      kind: 'answered',
      open: [],
      answer: { values: { merchant: merchant.value, total: 3, date: '2026-03-14' } },
      uses: [{ model: 'x/small', tier: 1, catalogVersion: catalog.version, costUsd: 0.0005 }],
    });
    expect(scene.calls).toEqual(['small']);
    expect({ spent: scene.purse.spent, reserved: scene.purse.reserved }).toEqual({
      spent: 500_000_000n,
      reserved: 0n,
    });
  });

  it('asks one step up for the fields in doubt alone, and keeps the others', async () => {
    const asked: unknown[] = [];
    const scene = new Scene({
      small: () => says({ ...everything, total: { value: 33, words: [6] } }),
      middle: ({ schema: wanted }) => {
        asked.push(Object.keys(wanted?.schema.properties ?? {}));
        return says({ total });
      },
    });
    const end = await scene.run();
    expect(asked).toEqual([['total']]);
    expect(end).toMatchObject({ kind: 'answered', answer: { values: { merchant: merchant.value, total: 3 } } });
    expect(end.attempts).toMatchObject([
      { model: 'x/small', asked: ['/merchant', '/total', '/date'], doubtful: ['/total'], outcome: 'answered' },
      { model: 'x/middle', asked: ['/total'], doubtful: [], outcome: 'answered' },
    ]);
    expect(end.uses.map(({ costUsd }) => costUsd)).toEqual([0.0005, 0.0015]);
  });

  it('marks what is not on the page, when nobody knows better', async () => {
    const wrong = { ...everything, total: { value: 77, words: [6] } };
    const scene = new Scene({ small: () => says(wrong), middle: () => says(wrong), large: () => says(wrong) });
    const end = await scene.run();
    expect(scene.calls).toEqual(['small', 'middle', 'large']);
    expect(end).toMatchObject({ kind: 'answered', open: ['/total'] });
    if (end.kind !== 'answered') throw new Error();
    const field = end.answer.fields;
    expect(field.find(({ path }) => path === '/total')).toMatchObject({ value: 77, grounded: false });
  });

  it('takes a cut answer for none, pays for it, and asks another', async () => {
    const scene = new Scene({
      small: () => new ModelError('truncated', 'Cut.', { usage }),
      middle: () => says(everything),
    });
    const end = await scene.run();
    expect(end.attempts).toMatchObject([{ outcome: 'truncated', costUsd: 0.0005 }, { outcome: 'answered' }]);
    expect(end.uses).toHaveLength(2);
  });

  it('waits for the soonest when everybody rests, and is not charged', async () => {
    const soon = new Date(Date.now() + 5_000);
    const rests = (until: Date) => () => new ModelError('rate-limited', 'Later.', { until });
    const scene = new Scene({
      small: rests(new Date(Date.now() + 9_000)),
      middle: rests(soon),
      large: rests(new Date(Date.now() + 7_000)),
    });
    expect(await scene.run()).toMatchObject({ kind: 'waiting', until: soon, reason: 'Later.', uses: [] });
    expect(scene.purse.reserved).toBe(0n);
    const tooLate = await scene.run({ deadline: new Date(Date.now() + 4_000) }).catch((error: unknown) => error);
    expect(tooLate).not.toMatchObject({ kind: 'waiting' });
  });

  it('pays once for an answer that comes again after a wait', async () => {
    const until = new Date(Date.now() + 5_000);
    let isLimited = true;
    const scene = new Scene({
      small: () => says({ ...everything, total: { value: 33, words: [6] } }),
      middle: () => (isLimited ? new ModelError('rate-limited', 'Later.', { until }) : says({ total })),
      large: () => new ModelError('rate-limited', 'Later.', { until }),
    });
    expect(await scene.run()).toMatchObject({ kind: 'waiting' });
    isLimited = false;
    const rested = new Scene({ middle: () => says({ total }) });
    Object.assign(rested, { purse: scene.purse, journal: scene.journal, attempts: scene.attempts });
    const end = await rested.run();
    expect(rested.calls).toEqual(['middle']);
    expect(end).toMatchObject({ kind: 'answered', answer: { values: { total: 3 } } });
    expect(end.uses.map(({ model, costUsd }) => [model, costUsd])).toEqual([
      ['x/small', 0.0005],
      ['x/middle', 0.0015],
    ]);
    expect(scene.purse.spent).toBe(2_000_000_000n);
    expect(end.attempts.map(({ model, outcome }) => [model, outcome])).toEqual([
      ['x/small', 'answered'],
      ['x/middle', 'rate-limited'],
      ['x/large', 'rate-limited'],
      ['x/middle', 'answered'],
    ]);
  });

  it('tells each attempt before it makes the next one, once however often it is found again', async () => {
    const told: string[][] = [];
    const seen = async (): Promise<void> => {
      told.push((await scene.attempts.made(job)).map(({ attempt }) => `${attempt.model} ${attempt.outcome}`));
    };
    const scene: Scene = new Scene({
      small: () => new ModelError('unknown', 'Nothing came.'),
      middle: () => says({ ...everything, total: { value: 33, words: [6] } }),
      large: () => new Error('The worker dies here.'),
    });
    scene.beforeCall = seen;
    await expect(scene.run()).rejects.toThrow('The worker dies here.');
    await expect(scene.run({ exclude: ['x/small'] })).rejects.toThrow('The worker dies here.');
    const [failed, doubtful] = ['x/small unknown', 'x/middle answered'];
    expect(told).toEqual([[], [failed], [failed, doubtful], [failed, doubtful]]);
  });

  it('books an answer whose worker died before its bill under the reservation that was made for it', async () => {
    const scene = new Scene({ small: () => says(everything) });
    const dying: Purse = {
      reserve: async (intent) => ({
        kind: 'reserved',
        reservation: {
          ...{ id: `${intent.idempotencyKey}/2`, attempt: 2, most: intent.most, intent },
          leaseEndsAt: new Date(Date.now() + 60_000),
        },
      }),
      settle: () => Promise.reject(new Error('The worker dies here.')),
      release: () => Promise.reject(new Error('What was answered is not released.')),
    };
    await expect(scene.run({}, dying)).rejects.toThrow('The worker dies here.');
    const settled: string[] = [];
    const until = new Date(Date.now() + 60_000);
    const next: Purse = {
      reserve: async () => ({ kind: 'wait', until, reason: 'The lease of the dead worker still runs.' }),
      settle: async ({ id, attempt }, { spent }) => void settled.push(`${id} ${attempt} ${spent}`),
      release: async () => undefined,
    };
    const end = await scene.run({}, next);
    expect(scene.calls).toEqual(['small']);
    expect(end).toMatchObject({ kind: 'answered', uses: [{ model: 'x/small', costUsd: 0.0005 }] });
    expect(settled).toEqual([`${end.attempts[0]?.reservation} 2 500000000`]);
    expect(end.attempts[0]?.reservation).toMatch(/\/2$/);
  });

  it('stays inside one ceiling of cost for the whole chain', async () => {
    const scene = new Scene({ small: () => says({ ...everything, total: { value: 33, words: [6] } }) });
    const end = await scene.run({ routing: { maxCostUsd: 0.004 } });
    expect(scene.calls).toEqual(['small']);
    expect(end).toMatchObject({ kind: 'answered', open: ['/total'] });
  });

  it('does as a budget says: waits, or asks for something cheaper, or refuses', async () => {
    const saying = (answer: Awaited<ReturnType<Purse['reserve']>>): Purse => ({
      reserve: async () => answer,
      settle: async () => undefined,
      release: async () => undefined,
    });
    const until = new Date(Date.now() + 60_000);
    const scene = new Scene({});
    expect(await scene.run({}, saying({ kind: 'wait', until, reason: 'Spent until midnight.' }))).toMatchObject({
      ...{ kind: 'waiting', until, reason: 'Spent until midnight.' },
    });
    expect(await scene.run({}, saying({ kind: 'refuse', reason: 'The budget is spent.' }))).toMatchObject({
      failure: { code: 'budget-exceeded' },
    });
    expect(await scene.run({}, saying({ kind: 'degrade', reason: 'Little is left.', leftUsd: 0 }))).toMatchObject({
      failure: { code: 'no-model' },
    });
    expect(scene.calls).toEqual([]);
  });

  it('stays under the ceiling of the policy, whatever the job allows', async () => {
    const doubtful = { ...everything, total: { value: 33, words: [6] } };
    const scene = new Scene({ small: () => says(doubtful) }, { ceilings: { byTask: { extract: 0.004 } } });
    expect(await scene.run()).toMatchObject({ kind: 'answered', open: ['/total'] });
    expect(scene.calls).toEqual(['small']);
  });

  it('asks only who was checked to stand in for a model that has failed, and anybody for what is in doubt', async () => {
    const cut = () => new ModelError('truncated', 'Cut.', { usage });
    const fallback = [{ task: 'extract' as const, models: ['x/small', 'x/large'] }];
    const scene = new Scene({ small: cut, large: () => says(everything) }, { fallback });
    expect(await scene.run()).toMatchObject({ kind: 'answered', open: [] });
    expect(scene.calls).toEqual(['small', 'large']);
    const nobody = new Scene({ small: cut, large: cut }, { fallback });
    expect(await nobody.run()).toMatchObject({ kind: 'failed' });
    expect(nobody.calls).toEqual(['small', 'large']);
  });

  it('lets a document of an experiment be asked of its models first, and says so in the receipt', async () => {
    const experiment = { name: 'try-middle', task: 'extract' as const, models: ['x/middle'] };
    const doubtful = { ...everything, total: { value: 33, words: [6] } };
    const answers = { small: () => says(everything), middle: () => says(doubtful), large: () => says({ total }) };
    const tried = new Scene(answers, { experiments: [{ ...experiment, share: 1 }] });
    const { attempts } = await tried.run();
    expect(tried.calls).toEqual(['middle', 'large']);
    expect(attempts.map((attempt) => attempt.experiment)).toEqual(['try-middle', undefined]);
    const usual = new Scene(answers, { experiments: [{ ...experiment, share: 0 }] });
    await usual.run();
    expect(usual.calls).toEqual(['small']);
  });

  it('says why when nobody may be asked', async () => {
    const end = await new Scene({}).run({ routing: { regions: ['us'] } });
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'no-model' } });
    if (end.kind === 'failed') expect(end.failure.message).toMatch(/may process in eu, and the job allows us/);
  });
});
