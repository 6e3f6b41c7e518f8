import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { layOutPage, type OcrEngine, type PageRaster, type RecognisedPage } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import { createOcrEngine } from '@waybill/ocr-engines';
import { loadEnvironment } from '@waybill/platform';
import { drawnPage, type OcrSimulator, rasterOf, simulatedEngines, wordsOf } from '@waybill/provider-simulator';

const never = new AbortController().signal;
const languages = ['eng'];
const page = drawnPage();

describe.each(simulatedEngines)('$name', ({ name, simulate, gives, costUsd, busyMs }) => {
  let simulator: OcrSimulator;
  let engine: OcrEngine;
  let raster: PageRaster;

  const open = (more: Record<string, string> = {}): OcrEngine =>
    createOcrEngine(loadEnvironment({ ...simulator.environment, ...more }));
  const read = (signal = never): Promise<RecognisedPage> => engine.recognise(raster, { languages, signal });
  const failureOf = async (reading: Promise<unknown>): Promise<StageError> => {
    const error = await reading.then(
      () => new Error('It was read.'),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StageError);
    return error as StageError;
  };

  beforeEach(async () => {
    simulator = await simulate(page);
    engine = open();
    raster = await rasterOf(page);
  });
  afterEach(async () => {
    await engine.close();
    await simulator.server.stop();
    await simulator.remove?.();
  });

  it('gives every word of a drawn page where it stands', async () => {
    const { words, rotation, skewDegrees, remarks } = await read();
    const wanted = wordsOf(page);
    const found = words.filter(({ text }) => text !== '☒');
    expect(found.map(({ text }) => text).sort()).toEqual(wanted.map(({ text }) => text).sort());
    const tolerance = gives.wordBoxes ? 2 : 120;
    for (const { text, box } of wanted) {
      const got = found.find((word) => word.text === text)?.box ?? [0, 0, 0, 0];
      for (const at of [0, 1, 2, 3] as const) {
        expect({ text, at, off: Math.abs(got[at] - box[at]) < tolerance }).toEqual({ text, at, off: true });
      }
    }
    for (const { confidence } of words) expect(confidence).toBeGreaterThanOrEqual(0.5);
    for (const { confidence } of words) expect(confidence).toBeLessThanOrEqual(1);
    expect({ rotation, skewDegrees }).toEqual({ rotation: 0, skewDegrees: 0 });
    expect(remarks.length > 0).toBe(!gives.wordBoxes);
  });

  it('says what it costs, and the provider has billed one page', async () => {
    const { use } = await read();
    expect(use).toEqual({
      ...{ model: expect.stringMatching(`^${name}/`), tier: expect.any(Number), costUsd },
      // A server of one's own has its price from the configuration.
      catalogVersion: expect.stringMatching(/^ocr-|^configuration$/),
    });
    expect(engine.mostUsdPerPage).toBeGreaterThanOrEqual(costUsd);
    expect(simulator.server.billedPages).toBe(1);
  });

  it(gives.tables ? 'carries tables into the layout' : 'tells of no tables', async () => {
    const { rules = [], words, rotation, skewDegrees } = await read();
    expect(rules.length > 0).toBe(gives.tables);
    const layout = layOutPage({
      ...{ document: 0, page: 1, width: raster.width, height: raster.height, unit: 'px', dpi: null },
      ...{ rotation, skewDegrees, source: 'ocr', engine: { name, version: '' }, languages, words, rules, remarks: [] },
    });
    const found = layout.tables.map(({ cells }) => cells.map(({ text }) => text));
    // Without lines and without an engine that tells of it, the layout may see the table or not.
    if (gives.tables) expect(found).toEqual([page.cells.map(({ text }) => text)]);
  });

  it(`${gives.pairs ? 'carries' : 'has no'} labels with their values`, async () => {
    const { pairs = [] } = await read();
    const texts = pairs.map(({ key, value }) => [key.text, value.text]);
    for (const { key, value } of gives.pairs ? page.pairs : []) expect(texts).toContainEqual([key.text, value.text]);
    if (!gives.pairs) expect(pairs).toEqual([]);
  });

  it(`${gives.marks ? 'gives' : 'has no'} check boxes`, async () => {
    const { words } = await read();
    expect(words.some(({ text }) => text === '☒')).toBe(gives.marks);
  });

  it.each([
    ['wrong-key', 'model-failed', false],
    ['forbidden', 'model-failed', false],
    ['unknown-model', 'model-failed', false],
    ['too-large', 'too-large', false],
    ['bad-page', 'unreadable-page', false],
    ['busy', 'unavailable', true],
    ['away', 'unavailable', true],
  ] as const)('translates "%s" once, without the key in it', async (refusal, code, retryable) => {
    simulator.server.script(simulator.pagePath, simulator.refusals[refusal]);
    const error = await failureOf(read());
    expect({ code: error.failure.code, retryable: error.retryable }).toEqual({ code, retryable });
    expect(error.retryAfterMs).toBe(refusal === 'busy' ? busyMs : undefined);
    expect(error.message).toMatch(/\.$/);
    expect(error.message).not.toContain(simulator.secret);
    expect(simulator.server.billedPages).toBe(0);
  });

  it.each([
    ['no JSON', { status: 200, body: '<html>gateway</html>' }],
    ['another shape', { status: 200, body: { unexpected: true } }],
    ['nothing', { status: 200 }],
  ])('takes an answer of %s for what it is, worth another attempt', async (_what, answer) => {
    simulator.server.script(simulator.pagePath, answer);
    expect(await failureOf(read())).toMatchObject({ failure: { code: 'invalid-answer' }, retryable: true });
  });

  it('takes an answer that breaks off for a server that is away', async () => {
    simulator.server.script(simulator.pagePath, 'broken');
    expect(await failureOf(read())).toMatchObject({ failure: { code: 'unavailable' }, retryable: true });
  });

  it('follows no redirect, which would carry the key to another server', async () => {
    simulator.server.script(simulator.pagePath, { status: 307, headers: { location: 'http://127.0.0.1:9/' } });
    expect(await failureOf(read())).toMatchObject({ failure: { code: 'model-failed' }, retryable: false });
  });

  it('never hangs: a page that takes too long is worth another attempt', async () => {
    await engine.close();
    engine = open({ WAYBILL_PAGE_TIMEOUT_MS: '1000' });
    simulator.server.script(simulator.pagePath, 'never');
    expect(await failureOf(read())).toMatchObject({ failure: { code: 'timeout' }, retryable: true });
  });

  it('stops with the reason of the signal, and reads the next page', async () => {
    const controller = new AbortController();
    simulator.server.script(simulator.pagePath, 'never');
    const arrived = simulator.server.arrival(simulator.pagePath);
    const reading = read(controller.signal);
    await arrived;
    controller.abort(new Error('The job was cancelled.'));
    await expect(reading).rejects.toThrow('The job was cancelled.');
    await expect(read(AbortSignal.abort(new Error('Too late.')))).rejects.toThrow('Too late.');
    expect((await read()).words.length).toBeGreaterThan(10);
  });

  it('says which variables are missing, and does not start without them', () => {
    const given = simulator.environment;
    const optional = /ENDPOINT$|SERVER_KEY$|ENGINE$/;
    const needed = Object.keys(given).filter(
      (variable) => !optional.test(variable) || variable.includes('AZURE_ENDPOINT'),
    );
    for (const variable of needed) expect(() => open({ [variable]: '' })).toThrow(variable);
  });

  it('refuses a key with a line break without printing it', () => {
    for (const [variable, value] of Object.entries(simulator.environment)) {
      if (!/_KEY$|SECRET/.test(variable)) continue;
      const broken = `${value}\nx`;
      expect(() => open({ [variable]: broken })).toThrow(variable);
      expect(() => open({ [variable]: broken })).not.toThrow(value);
    }
  });
});
