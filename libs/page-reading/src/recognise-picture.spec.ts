import { describe, expect, it } from '@jest/globals';
import { tenantSchema } from '@waybill/contracts';
import { noReadingCache, type PageRaster, type ReadingCache, type RecognisedPage } from '@waybill/document-layout';
import { RecognisePicture, type PictureWish } from './recognise-picture.js';

const [one, other] = [tenantSchema.parse('one'), tenantSchema.parse('other')];
const wish: PictureWish = { tenant: one, languages: ['eng'], signal: new AbortController().signal };
const raster = (digest: string | undefined): PageRaster => ({
  ...{ data: new Uint8Array(1), width: 1, height: 1, channels: 1, dpi: null },
  ...(digest === undefined ? {} : { digest }),
});

/** An engine that says how often it has read. */
const engineOf = (settings = 'a', version = '1') => ({
  name: 'test',
  version,
  settings,
  reads: 0,
  failures: [] as Error[],
  async recognise(): Promise<RecognisedPage> {
    this.reads += 1;
    const remarks = [`reading ${this.reads}`];
    const failure = this.failures.shift();
    if (failure) throw failure;
    return { words: [], rotation: 0, skewDegrees: 0, remarks };
  },
});

class MemoryCache implements ReadingCache {
  readonly kept = new Map<string, RecognisedPage>();
  find = async (tenant: string, key: string) => this.kept.get(`${tenant} ${key}`);
  keep = async (tenant: string, key: string, page: RecognisedPage) => void this.kept.set(`${tenant} ${key}`, page);
}

describe('RecognisePicture', () => {
  it('reads a picture once, and says so when it comes again', async () => {
    const engine = engineOf();
    const pictures = new RecognisePicture(engine, new MemoryCache(), 'f');
    const first = await pictures.run(raster('d1'), wish);
    const again = await pictures.run(raster('d1'), wish);
    expect([first.cached, again.cached, engine.reads]).toEqual([false, true, 1]);
    expect(again.page).toEqual(first.page);
  });

  it('reads it again for another tenant, other pixels, other languages or their order, version, settings or preparation', async () => {
    const cache = new MemoryCache();
    const engine = engineOf();
    const pictures = new RecognisePicture(engine, cache, 'f');
    await pictures.run(raster('d1'), wish);
    await pictures.run(raster('d1'), { ...wish, tenant: other });
    await pictures.run(raster('d2'), wish);
    await pictures.run(raster('d1'), { ...wish, languages: ['eng', 'deu'] });
    await pictures.run(raster('d1'), { ...wish, languages: ['deu', 'eng'] });
    expect(engine.reads).toBe(5);
    const [newer, changed] = [engineOf('a', '2'), engineOf('b')];
    expect(await new RecognisePicture(newer, cache, 'f').run(raster('d1'), wish)).toMatchObject({ cached: false });
    expect(await new RecognisePicture(changed, cache, 'f').run(raster('d1'), wish)).toMatchObject({ cached: false });
    const prepared = new RecognisePicture(engine, cache, 'g');
    expect(await prepared.run(raster('d1'), wish)).toMatchObject({ cached: false });
    expect(cache.kept.size).toBe(8);
  });

  it('reads the same picture once for two who ask at the same time', async () => {
    const engine = engineOf();
    const pictures = new RecognisePicture(engine, noReadingCache, 'f');
    const both = await Promise.all([pictures.run(raster('d1'), wish), pictures.run(raster('d1'), wish)]);
    expect([engine.reads, both.map(({ cached }) => cached)]).toEqual([1, [false, true]]);
  });

  it('does not fail one because another was cancelled', async () => {
    const engine = engineOf();
    engine.failures.push(new Error('The job was cancelled.'));
    const pictures = new RecognisePicture(engine, noReadingCache, 'f');
    const cancelled = pictures.run(raster('d1'), wish);
    const second = pictures.run(raster('d1'), wish);
    await expect(cancelled).rejects.toThrow('The job was cancelled.');
    expect(await second).toMatchObject({ cached: false, page: { remarks: ['reading 2'] } });
  });

  it('looks nothing up for a picture without a digest', async () => {
    const engine = engineOf();
    const pictures = new RecognisePicture(engine, new MemoryCache(), 'f');
    await pictures.run(raster(undefined), wish);
    await pictures.run(raster(undefined), wish);
    expect(engine.reads).toBe(2);
  });
});
