import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { shippedPolicy } from '@waybill/llm-routing';
import { stringify } from 'yaml';
import { WatchedPolicy } from './watched-policy.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-policy-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Sentences as they come. */
function listener() {
  const heard: ((sentence: string) => void)[] = [];
  const next = () => new Promise<string>((resolve) => heard.push(resolve));
  const tell = (sentence: string) => heard.shift()?.(sentence);
  return { log: { info: tell, error: tell }, next };
}

describe('WatchedPolicy', () => {
  it('is the policy of the release without a file', async () => {
    expect((await WatchedPolicy.open(undefined, listener().log)).current).toBe(shippedPolicy);
  });

  it('refuses to start with a file that cannot be used, in a sentence', async () => {
    const path = join(folder, 'bad.yaml');
    await writeFile(path, 'version: 2\n');
    await expect(WatchedPolicy.open(path, listener().log)).rejects.toThrow(/bad\.yaml \(WAYBILL_POLICY\).*version/);
  });

  it('takes up a good version when the file changes, and keeps it when the next one is bad', async () => {
    const path = join(folder, 'policy.yaml');
    await writeFile(path, stringify(shippedPolicy));
    const { log, next } = listener();
    const policy = await WatchedPolicy.open(path, log);
    try {
      const taken = next();
      await writeFile(path, stringify({ ...shippedPolicy, deny: ['x/y'] }));
      expect(await taken).toMatch(/holds from now on/);
      expect(policy.current.deny).toEqual(['x/y']);
      const refused = next();
      await writeFile(path, 'version: 1\nfloor: high\n');
      expect(await refused).toMatch(/floor.*The routing policy that was read before stays/);
      expect(policy.current.deny).toEqual(['x/y']);
    } finally {
      policy.close();
    }
  });
});
