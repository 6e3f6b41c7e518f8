import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { LanguageData } from '../tesseract-data/language-data.js';

/** One folder with the plain data of every language that was asked for, as the command wants it; made when first needed. */
export class LanguageFolder {
  #folder: Promise<string> | undefined;
  readonly #files = new Map<string, Promise<void>>();

  /** The folder, once it holds these languages. */
  async holding(languages: readonly LanguageData[]): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'waybill-tessdata-'));
    const folder = await this.#folder;
    await Promise.all(languages.map((data) => this.#put(data, folder)));
    return folder;
  }

  #put(data: LanguageData, folder: string): Promise<void> {
    const known = this.#files.get(data.code);
    if (known) return known;
    const putting = put(data, folder);
    this.#files.set(data.code, putting);
    return putting;
  }

  /** Removes it; may be called twice. */
  async remove(): Promise<void> {
    const folder = await this.#folder;
    this.#folder = undefined;
    this.#files.clear();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function put({ code, file, from }: LanguageData, folder: string): Promise<void> {
  const place = join(folder, `${code}.traineddata`);
  if (from === 'system') await symlink(file, place);
  else await writeFile(place, await promisify(gunzip)(await readFile(file)));
}
