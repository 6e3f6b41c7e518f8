import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learnPrior, priorToFile, type RoutingRecord } from '@waybill/llm-routing';
import { WatchedPrior } from './watched-prior.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-prior-'));
});
afterAll(() => rm(folder, { recursive: true }));

const silent = { info: () => undefined, error: () => undefined };
const records = Array.from({ length: 120 }, (_, index): RoutingRecord => ({
  ...{ source: 'workshop', strong: 1, weak: index % 2 },
  prompt: `How does ${index % 2 ? 'a hedge' : 'a valve'} change in year ${index}?`,
}));
const fileOf = (learnedAt: string): string => {
  const { prior } = learnPrior({ weak: 'small', strong: 'large' }, records, 1);
  return JSON.stringify(priorToFile(prior, { provenance: 'invented', learnedAt }));
};

describe('WatchedPrior', () => {
  it('is nothing without a file', async () => {
    expect((await WatchedPrior.open(undefined, silent)).current).toBeUndefined();
  });

  it('is named by its content', async () => {
    const versions: string[] = [];
    for (const learnedAt of ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', '2026-11-01T00:00:00Z']) {
      const path = join(folder, 'prior.json');
      await writeFile(path, fileOf(learnedAt));
      const watched = await WatchedPrior.open(path, silent);
      watched.close();
      expect(watched.current?.prior.strong).toBe('large');
      versions.push(watched.current?.version ?? '');
    }
    expect(versions[0]).toMatch(/^prior-[0-9a-f]{12}$/);
    expect(versions[1]).not.toBe(versions[0]);
    expect(versions[2]).toBe(versions[0]);
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['another kind of file', '{"kind":"policy"}', /The routing prior cannot be used; learn it anew \(kind/],
    [
      'weights of another size',
      fileOf('2026-11-01T00:00:00Z').replace(/"rarities":"[^"]+"/, '"rarities":"AA=="'),
      /one byte/,
    ],
  ])('refuses to start with %s, in a sentence', async (name, text, sentence) => {
    const path = join(folder, `${name}.json`);
    await writeFile(path, text);
    const opened = WatchedPrior.open(path, silent);
    await expect(opened).rejects.toThrow(sentence);
    await expect(opened).rejects.toThrow(/\(WAYBILL_ROUTING_PRIOR\)/);
  });
});
