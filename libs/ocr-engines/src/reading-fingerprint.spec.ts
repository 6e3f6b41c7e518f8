import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { temporaryFolder, type TemporaryFolder } from '../../../test/support/index.js';
import { readingFingerprint } from './reading-fingerprint.js';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder('fingerprint');
});
afterAll(() => folder.remove());

it('changes with the code, and with nothing else', async () => {
  const inside = join(folder.path, 'engine');
  await mkdir(inside);
  await writeFile(join(inside, 'choices.js'), 'letterHeight: 19');
  const before = readingFingerprint(folder.path);
  await writeFile(join(inside, 'choices.spec.js'), 'expect');
  await writeFile(join(inside, 'choices.js.map'), '{}');
  expect(readingFingerprint(folder.path)).toBe(before);
  await writeFile(join(inside, 'choices.js'), 'letterHeight: 20');
  expect(readingFingerprint(folder.path)).not.toBe(before);
  expect(readingFingerprint()).toMatch(/^[0-9a-f]{64}$/);
});
