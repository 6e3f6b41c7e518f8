import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exitCodes } from '../exit-code.js';
import { findDocuments } from './find-documents.js';

let folder: string;
const found = async (...names: string[]): Promise<string[]> =>
  (await findDocuments(names, (path) => resolve(folder, path))).map(({ path }) => path.slice(folder.length + 1));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-documents-'));
  await mkdir(join(folder, 'scans', 'deep'), { recursive: true });
  for (const name of ['a.txt', 'one [1].png', 'scans/p10.png', 'scans/p2.PNG', 'scans/notes.db', 'scans/deep/x.pdf']) {
    await writeFile(join(folder, name), 'x');
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('findDocuments', () => {
  it('takes a named file whatever its ending, also when its name looks like a glob', async () => {
    expect(await found('a.txt', 'one [1].png')).toEqual(['a.txt', 'one [1].png']);
  });

  it('takes the documents of a folder and its folders, in natural order', async () => {
    expect(await found('scans')).toEqual(['scans/deep/x.pdf', 'scans/p2.PNG', 'scans/p10.png']);
  });

  it('takes each once', async () => {
    expect(await found('scans/p2.PNG', 'scans/*.png')).toEqual(['scans/p2.PNG', 'scans/p10.png']);
  });

  it.each(['missing.pdf', '*.jpg', join('scans', 'nothing')])('refuses %s', async (name) => {
    await expect(found(name)).rejects.toMatchObject({ exitCode: exitCodes.notFound });
  });
});
