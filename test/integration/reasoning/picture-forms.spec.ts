import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { shippedPolicy } from '@waybill/llm-routing';
import { extracting, onlyModels, ReasoningScene, type DrawnPage, type SceneTerms } from './support/reasoning-scene.js';
import { sentPictures } from './support/sent-pictures.js';

const gemini = 'gemini-2.5-flash-lite';
const claude = 'claude-haiku-4-5-20251001';
const gpt = 'gpt-5.4-mini-2026-03-17';
const task = extracting({ courier: { type: 'string' } });
const courier = { courier: { value: 'Quellmark', words: [] } };
const lines = Array.from({ length: 9 }, (_, row) => `Line ${row} of a note that was handed to Okafor`);

let scene: ReasoningScene;
beforeAll(async () => {
  scene = await ReasoningScene.start();
});
afterEach(() => scene.reset());
afterAll(() => scene?.close());

const pictures = (at = 0) => sentPictures(scene.simulator.requests[at]!);
/** Whoever is asked has to be expected to be right so often. */
const demanding = (model: string, floor: number): SceneTerms => ({
  policy: { ...onlyModels(model).policy, floor: { ...shippedPolicy.floor, default: floor } },
});

describe('what a model is sent', () => {
  it('is text alone, where the words were read soundly', async () => {
    scene.answers(gemini, courier);
    const { paid } = await scene.run(task, [{ lines: [...lines, 'by Quellmark'] }], onlyModels(`google/${gemini}`));
    expect(paid[0]).toMatchObject({ form: 'layout' });
    expect(paid[0]!.images).toBeUndefined();
    expect(await pictures()).toEqual([]);
    expect(scene.said(0)).toContain('handed to Okafor');
  });

  it('has a cut-out of what was read badly, and the text of the rest', async () => {
    const smudged = { text: 'by Qudlnnk and smth illegble', confidence: 0.3 };
    scene.answers(gemini, courier);
    const { paid } = await scene.run(task, [{ lines: [...lines, smudged] }], demanding(`google/${gemini}`, 0.9));
    expect(paid[0]).toMatchObject({ form: 'crops' });
    const [cut, ...others] = await pictures();
    expect(others).toEqual([]);
    // The page is 800 by 1000: what is sent is the line, and it is the black bar.
    expect(cut!.height).toBeLessThan(60);
    expect(cut!.width).toBeLessThan(320);
    expect(cut!.brightness).toBeLessThan(160);
    expect(scene.said(0)).toContain('handed to Okafor');
    expect(scene.said(0)).toContain('Picture 1 shows page 1');
  });

  it('has pictures of those pages alone whose words do not carry them', async () => {
    const bad = { lines: lines.map((text) => ({ text, confidence: 0.4 })), lineHeightPx: 30 };
    scene.answers(gemini, courier);
    const { paid } = await scene.run(task, [{ lines }, bad, { lines }], demanding(`google/${gemini}`, 0.86));
    expect(paid[0]!.form).toMatch(/^page-/);
    expect(paid[0]!.images!.map(({ page }) => page)).toEqual([2]);
    expect(await pictures()).toHaveLength(1);
  });

  it('shows a photograph small, and small print large', async () => {
    const photo: DrawnPage = { widthPx: 3_000, heightPx: 2_000, class: 'photo', kind: 'photo' };
    const description = (page: number) => ({ page, description: 'A quay at noon, with a crane.', printed: [] });
    const only = onlyModels(`openai/${gpt}`);
    scene.answers(gpt, { descriptions: [description(1)] });
    await scene.run({ kind: 'describe' }, [photo], only);
    expect(await pictures()).toMatchObject([{ width: 512, height: 341, detail: 'low' }]);
    const print = Array.from({ length: 60 }, () => ({
      text: 'small print that could hardly be read',
      confidence: 0.3,
    }));
    const sheet: DrawnPage = { widthPx: 3_000, heightPx: 4_000, lines: print, lineHeightPx: 20, class: 'visual' };
    scene.answers(gpt, { descriptions: [description(1)] });
    const floor = { ...shippedPolicy.floor, default: 0.8 };
    await scene.run({ kind: 'describe' }, [sheet], { policy: { ...only.policy, floor } });
    expect(await pictures(1)).toMatchObject([{ height: 1_824, detail: 'high' }]);
  });

  it.each([
    [`anthropic/${claude}`, claude, 1_568],
    [`openai/${gpt}`, gpt, 2_048],
  ])('is no larger than %s makes use of', async (id, model, edge) => {
    const chart: DrawnPage = { widthPx: 4_000, heightPx: 3_000, lines: ['Ships 120'], class: 'visual', kind: 'chart' };
    const points = [{ label: 'Ships', value: 120, printed: true, words: [1] }];
    const read = { page: 1, title: null, type: 'bar', xAxis: null, yAxis: null, series: [{ name: null, points }] };
    scene.answers(model, { charts: [read] });
    const floor = { ...shippedPolicy.floor, byTask: { chart: 0.84 } };
    const terms = { policy: { ...onlyModels(id).policy, floor } };
    const { document, paid } = await scene.run({ kind: 'chart' }, [chart], terms);
    const [sent] = await pictures();
    expect(Math.max(sent!.width, sent!.height)).toBeLessThanOrEqual(edge);
    expect(document.values).toEqual({
      charts: [{ ...read, series: [{ name: null, points: [{ label: 'Ships', value: 120, printed: true }] }] }],
    });
    expect(paid).toHaveLength(1);
  });

  it('stands with its size, bytes, detail and tokens in receipt and ledger', async () => {
    const photos: DrawnPage[] = [1, 2].map(() => ({ widthPx: 1_500, heightPx: 1_000, class: 'photo', kind: 'photo' }));
    const descriptions = [1, 2].map((page) => ({ page, description: 'A quay at noon, with a crane.', printed: [] }));
    scene.answers(gemini, { descriptions });
    const { paid } = await scene.run({ kind: 'describe' }, photos, onlyModels(`google/${gemini}`));
    const sent = await pictures();
    const { images = [], usage } = paid[0]!;
    expect(images.map(({ page, width, height, bytes }) => ({ page, width, height, bytes }))).toEqual(
      sent.map(({ width, height, bytes }, at) => ({ page: at + 1, width, height, bytes })),
    );
    expect(images.every(({ estimatedTokens, detail }) => estimatedTokens > 0 && detail !== undefined)).toBe(true);
    // Google tells the tokens of images apart.
    expect(usage!.imageTokens).toBeGreaterThan(0);
    expect(images.reduce((sum, { billedTokens }) => sum + billedTokens!, 0)).toBe(usage!.imageTokens);
    expect(scene.purse.intents[0]).toMatchObject({ task: 'describe', pages: [1, 2] });
    expect(scene.purse.intents[0]!.images).toEqual(images.map(({ billedTokens: _billed, ...image }) => image));
  });
});

describe('a long document', () => {
  const portions = (inputTokens: number, most: number): SceneTerms => ({
    policy: { ...onlyModels(`google/${gemini}`).policy, portions: { inputTokens, pictures: most } },
  });

  it('goes in several calls of as many pictures as the policy allows, and comes together in page order', async () => {
    const photos: DrawnPage[] = Array.from({ length: 5 }, () => ({ class: 'photo', kind: 'photo' }));
    const said = (...pages: number[]) => ({
      descriptions: pages.map((page) => ({ page, description: `What page ${page} shows.`, printed: [] })),
    });
    scene.answers(gemini, said(1, 2));
    scene.answers(gemini, said(3, 4));
    scene.answers(gemini, said(5));
    const { document, paid, finished } = await scene.run({ kind: 'describe' }, photos, portions(1e6, 2));
    expect(paid.map(({ pages }) => pages)).toEqual([[1, 2], [3, 4], [5]]);
    expect(scene.simulator.requests.map(({ call }) => call.images)).toEqual([2, 2, 1]);
    expect((document.values!.descriptions as { page: number }[]).map(({ page }) => page)).toEqual([1, 2, 3, 4, 5]);
    expect(document.fields!.map(({ path }) => path)).toContain('/descriptions/4/description');
    expect(finished).toMatchObject({
      status: 'completed',
      costUsd: paid.reduce((sum, { costUsd }) => sum + costUsd, 0),
    });
    expect(new Set(scene.purse.intents.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(3);
  });

  it('is extracted portion by portion: rows are joined, sure values are not asked for again', async () => {
    const names = ['Bread', 'Tea', 'Salt'];
    const pages = names.map((name, at) => ({ lines: [`We carried ${name} on leg ${at + 1}`, ...lines] }));
    const rows = { type: 'array', items: { type: 'object', properties: { goods: { type: 'string' } } } };
    const asked = extracting({ recipient: { type: 'string' }, rows });
    const row = (goods: string) => ({ goods: { value: goods, words: [] } });
    scene.answers(gemini, { recipient: { value: 'Okafor', words: [] }, rows: [row('Bread')] });
    scene.answers(gemini, { rows: [row('Tea')] });
    scene.answers(gemini, { rows: [row('Salt')] });
    const { document, paid } = await scene.run(asked, pages, portions(300, 20));
    expect(paid.map((attempt) => [attempt.pages, attempt.asked])).toEqual([
      [[1], ['/recipient', '/rows']],
      [[2], ['/rows']],
      [[3], ['/rows']],
    ]);
    expect(document.values).toEqual({ recipient: 'Okafor', rows: names.map((goods) => ({ goods })) });
    expect(document.fields!.find(({ value }) => value === 'Salt')).toMatchObject({ path: '/rows/2/goods', page: 3 });
  });

  it('keeps what was answered when a portion cannot be', async () => {
    const photos: DrawnPage[] = [1, 2].map(() => ({ class: 'photo', kind: 'photo' }));
    scene.answers(gemini, { descriptions: [{ page: 1, description: 'A quay at noon.', printed: [] }] });
    scene.simulator.script({ behaviour: { kind: 'decline' } });
    const { document, finished } = await scene.run({ kind: 'describe' }, photos, portions(1e6, 1));
    expect(finished.status).toBe('partial');
    expect(document.values).toMatchObject({ descriptions: [{ page: 1 }] });
    expect(finished.problems).toMatchObject([{ page: 2, document: 0 }]);
  });
});
