import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes } from '../exit-code.js';
import { lockDataFolder } from './data-folder-lock.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('lockDataFolder', () => {
  it('refuses a second holder with a sentence, and lets one in after release', async () => {
    const lock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toMatchObject({
      exitCode: exitCodes.tryLater,
      message: expect.stringContaining(`already runs on ${folder} (process ${process.pid})`),
    });
    await lock.release();
    await lock.release();
    await (await lockDataFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startMark: '1' })],
    ['an earlier process with this number', JSON.stringify({ pid: process.pid, startMark: '1' })],
    ['a writer that was killed half way', '{"pi'],
  ])('takes over the lock of %s', async (_, content) => {
    await writeFile(join(folder, 'stack.lock'), content);
    await (await lockDataFolder(folder)).release();
  });

  it('lets exactly one of many in', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(folder)));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
