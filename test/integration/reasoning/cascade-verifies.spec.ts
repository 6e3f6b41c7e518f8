import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { extracting, onlyModels, ReasoningScene } from './support/reasoning-scene.js';

const [cheap, better, best] = ['gemini-2.5-flash-lite', 'gemini-2.5-flash', 'gpt-5.5-2026-04-23'];
const three = onlyModels(`google/${cheap}`, `google/${better}`, `openai/${best}`);
/** Rules find none of it: nothing is labelled. */
const note = { lines: ['Handed at noon to Okafor', 'by the carrier Quellmark', 'under seal 88412'] };
const task = extracting({ courier: { type: 'string' }, recipient: { type: 'string' }, seal: { type: 'integer' } });
const courier = { value: 'Quellmark', words: [7] };
const recipient = { value: 'Okafor', words: [4] };
const seal = { value: 88412, words: [10] };
const fields = ['/courier', '/recipient', '/seal'];

let scene: ReasoningScene;
beforeAll(async () => {
  scene = await ReasoningScene.start();
});
afterEach(() => scene.reset());
afterAll(() => scene?.close());

const run = () => scene.run(task, [note], three);
const schemaOf = (at: number) => Object.keys(scene.simulator.requests[at]?.call.schema?.properties ?? {});

describe('a cheap answer that is not good', () => {
  it('escalates the wrong field alone, keeps the others, and tells and counts both attempts', async () => {
    scene.answers(cheap, { courier, recipient, seal: { value: 88413, words: [10] } });
    scene.answers(better, { seal });
    const { document, paid, finished } = await run();
    expect(scene.asked).toEqual([cheap, better]);
    expect(schemaOf(0)).toEqual(['courier', 'recipient', 'seal']);
    expect(schemaOf(1)).toEqual(['seal']);
    expect(document.values).toEqual({ courier: 'Quellmark', recipient: 'Okafor', seal: 88412 });
    expect(paid).toMatchObject([
      { model: `google/${cheap}`, asked: fields, doubtful: ['/seal'], outcome: 'answered', simulated: true },
      { model: `google/${better}`, asked: ['/seal'], doubtful: [], outcome: 'answered' },
    ]);
    expect(paid.every(({ costUsd, usage }) => costUsd > 0 && usage!.inputTokens > 0)).toBe(true);
    expect(finished.costUsd).toBeCloseTo(paid[0]!.costUsd + paid[1]!.costUsd, 12);
    expect(Number(scene.purse.spent) / 1e12).toBeCloseTo(finished.costUsd, 12);
  });

  it('never accepts a value that stands nowhere on the page: all are asked, and it is marked', async () => {
    const invented = { value: 'Brandt Express', words: [7] };
    scene.answers(cheap, { courier: invented, recipient, seal });
    scene.answers(better, { courier: invented });
    scene.answers(best, { courier: invented });
    const { document, paid } = await run();
    expect(paid.map(({ asked, doubtful }) => [asked, doubtful])).toEqual([
      [fields, ['/courier']],
      [['/courier'], ['/courier']],
      [['/courier'], ['/courier']],
    ]);
    const field = document.fields!.find(({ path }) => path === '/courier')!;
    expect(field).toMatchObject({ value: 'Brandt Express', grounded: false });
    expect(field.confidence).toBeLessThan(0.5);
  });

  it.each([
    ['malformed', { kind: 'malformed-text' }],
    ['truncated', { kind: 'truncate' }],
    ['content-refused', { kind: 'decline' }],
  ] as const)('%s: goes elsewhere with the same schema, and is paid for', async (outcome, behaviour) => {
    scene.simulator.script({ model: cheap, times: 1, behaviour });
    scene.answers(better, { courier, recipient, seal });
    const { document, paid, finished } = await run();
    expect(scene.asked).toEqual([cheap, better]);
    expect(schemaOf(1)).toEqual(schemaOf(0));
    expect(paid).toMatchObject([
      { outcome, doubtful: fields, reason: expect.stringMatching(/\.$/) },
      { outcome: 'answered', doubtful: [] },
    ]);
    expect(paid[0]!.costUsd).toBeGreaterThan(0);
    expect(finished).toMatchObject({ status: 'completed', costUsd: paid[0]!.costUsd + paid[1]!.costUsd });
    expect(document.values).toMatchObject({ seal: 88412 });
  });

  it('teaches the router what was accepted and what was not', async () => {
    scene.answers(cheap, { courier, recipient, seal: { value: 1, words: [] } });
    scene.answers(better, { seal });
    await run();
    const told = (model: string) => [...(scene.state.knowledge().get(`google/${model}`)?.outcomes?.values() ?? [])];
    expect(told(cheap)).toEqual([{ accepted: 0, refused: 1 }]);
    expect(told(better)).toEqual([{ accepted: 1, refused: 0 }]);
  });
});

describe('a question', () => {
  const question = { kind: 'answer', question: 'Under which seal was it handed over?' } as const;
  const right = {
    answer: '88412',
    reason: null,
    citations: [{ page: 1, quote: 'under seal 88412', words: [8, 9, 10] }],
  };

  it('is asked again where the cheap answer cites what is not there', async () => {
    scene.answers(cheap, { ...right, answer: '7', citations: [{ page: 1, quote: 'sealed with number 7', words: [] }] });
    scene.answers(better, right);
    const { document, paid } = await scene.run(question, [note], three);
    expect(scene.said(0)).toContain('Under which seal was it handed over?');
    expect(paid).toMatchObject([{ doubtful: ['/answer'] }, { doubtful: [] }]);
    expect(document.values).toMatchObject({ answer: '88412', citations: [{ page: 1, quote: 'under seal 88412' }] });
    expect(document.fields![0]).toMatchObject({ path: '/answer', page: 1, grounded: true });
  });

  it('over a long document shows the pages that match, and more of them when they do not tell', async () => {
    const line = (page: number, row: number) =>
      `Page ${page} row ${row} is about tides, winds and cargo in general terms`;
    const filler = Array.from({ length: 80 }, (_, at) => ({
      lines: Array.from({ length: 40 }, (__, row) => line(at + 1, row)),
    }));
    const pages = [...filler.slice(0, 50), note, ...filler.slice(50)];
    scene.answers(cheap, { answer: null, reason: 'Not on these pages.', citations: [] });
    scene.answers(better, { ...right, citations: [{ page: 51, quote: 'under seal 88412', words: [] }] });
    const { document, paid } = await scene.run(question, pages, three);
    expect(paid).toHaveLength(2);
    const shown = (at: number) => [...scene.said(at).matchAll(/^== page (\d+) ==$/gm)].map(([, page]) => Number(page));
    expect(shown(0)).toContain(51);
    expect(shown(0).length).toBeLessThan(30);
    expect(shown(1).length).toBeGreaterThan(2 * shown(0).length);
    expect(document.values).toMatchObject({ answer: '88412', citations: [{ page: 51 }], pagesLookedAt: shown(1) });
  });
});

describe('a label', () => {
  it('costs nothing where the title says it, and is asked for where it does not', async () => {
    const labels = { kind: 'classify', labels: ['delivery note', 'invoice'] } as { kind: 'classify'; labels: string[] };
    const free = await scene.run(labels, [{ lines: ['Delivery note', ...note.lines] }], three);
    expect(free.document.values).toEqual({ label: 'delivery note' });
    expect(free.finished.costUsd).toBe(0);
    expect(scene.asked).toEqual([]);
    scene.answers(cheap, { label: 'memo', sure: true, words: [] });
    scene.answers(better, { label: 'delivery note', sure: true, words: [0, 1] });
    const { document, attempts } = await scene.run(labels, [note], three);
    expect(attempts.map(({ tier, form }) => [tier, form])).toEqual([
      [0, 'facts'],
      [1, 'layout'],
      [2, 'layout'],
    ]);
    expect(document.values).toEqual({ label: 'delivery note' });
  });
});

describe('a conversation', () => {
  it('goes on in free text, with the document before it', async () => {
    scene.simulator.script({ behaviour: { kind: 'answer', text: 'Okafor took it.' } });
    const messages = [{ role: 'user' as const, text: 'Who took it?' }];
    const { document } = await scene.run({ kind: 'chat', messages }, [note], three);
    expect(document.values).toEqual({ reply: 'Okafor took it.', pagesLookedAt: [1] });
    expect(scene.said(0)).toMatch(/Handed at noon to Okafor[\s\S]*Who took it\?/);
    expect(scene.simulator.requests[0]?.call.schema).toBeUndefined();
  });
});
