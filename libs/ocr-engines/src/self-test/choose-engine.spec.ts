import { describe, expect, it } from '@jest/globals';
import type { OcrEngine } from '@waybill/document-layout';
import { bestOf, testEngines, type SelfTestPage } from './choose-engine.js';

const page: SelfTestPage = {
  raster: { data: new Uint8Array(4), width: 2, height: 2, channels: 1, dpi: null },
  words: ['One', 'two'],
};

const engineThat = (name: string, recognise: OcrEngine['recognise']): OcrEngine => ({
  ...{ name, version: '1', recognise },
  close: async () => undefined,
});
const readingOf = (...texts: string[]): Awaited<ReturnType<OcrEngine['recognise']>> => ({
  words: texts.map((text) => ({ text, box: [0, 0, 1, 1], confidence: 1 })),
  ...{ rotation: 0, skewDegrees: 0, remarks: [] },
});

describe('testEngines', () => {
  it('tells what each engine found, also of one that fails', async () => {
    const engines = [
      engineThat('whole', async () => readingOf('One', 'two')),
      engineThat('half', async () => readingOf('One', 'tvvo')),
      engineThat('broken', () => Promise.reject(new Error('No data.'))),
    ];
    const results = await testEngines(engines, page);
    expect(results.map(({ engine, found }) => [engine.name, found])).toEqual([
      ['whole', 1],
      ['half', 0.5],
      ['broken', 0],
    ]);
  });
});

describe('bestOf', () => {
  const engine = engineThat('any', async () => readingOf());
  const result = (found: number, ms: number) => ({ engine, found, ms });

  it('takes the faster of two that read alike', () => {
    expect(bestOf([result(1, 300), result(0.99, 100)])).toEqual(result(0.99, 100));
  });

  it('takes the slower one when the faster reads worse', () => {
    expect(bestOf([result(1, 300), result(0.9, 100)])).toEqual(result(1, 300));
  });

  it('has no answer without engines', () => {
    expect(bestOf([])).toBeUndefined();
  });
});
