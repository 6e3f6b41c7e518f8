import { readFile, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

export type Coding = 'br' | 'gzip';

/** A file of the console in every form that was built of it. */
export interface ConsoleFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly coded: Readonly<Partial<Record<Coding, Buffer>>>;
  /** True when its name has a digest of its content. */
  readonly isForEver: boolean;
}

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};
const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Files by their path below `folder`, `/` between its parts. Undefined when the console has not been built. */
export async function readConsole(folder: string): Promise<ReadonlyMap<string, ConsoleFile> | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile() && extensionOf(entry.name) in mediaTypes)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const files = new Map(await Promise.all(paths.map(async (path) => [path, await readForms(folder, path)] as const)));
  return files.has('index.html') ? files : undefined;
}

async function readForms(folder: string, path: string): Promise<ConsoleFile> {
  const form = (suffix: string) => readFile(join(folder, `${path}${suffix}`)).catch(() => undefined);
  const [bytes, br, gzip] = await Promise.all([readFile(join(folder, path)), form('.br'), form('.gz')]);
  return {
    mediaType: mediaTypes[extensionOf(path)] ?? 'application/octet-stream',
    bytes,
    coded: { ...(br ? { br } : {}), ...(gzip ? { gzip } : {}) },
    isForEver: path.startsWith('assets/'),
  };
}
