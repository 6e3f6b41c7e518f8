import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from '@swc/core';

const project = join(import.meta.dirname, '..', '..');

/** Starts the Postgres that all test files of this run share; each takes a database of its own. */
export default async function startSharedPostgres() {
  const library = await compiledLibrary();
  process.env.WAYBILL_TEST_EMBEDDED_SERVERS = library;
  if (process.env.DATABASE_URL) {
    process.env.WAYBILL_TEST_POSTGRES_URL = process.env.DATABASE_URL;
    return;
  }
  const { startPostgres } = await import(pathToFileURL(library).href);
  const dataDir = await mkdtemp(join(tmpdir(), 'waybill-postgres-'));
  const server = await startPostgres({ dataDir, durability: 'none', report: (line) => console.error(line) });
  process.env.WAYBILL_TEST_POSTGRES_URL = server.url;
  globalThis.stopSharedPostgres = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** jest does not transform ESM sources of its global setup, so the library is compiled here, into a cache by content. */
async function compiledLibrary() {
  const folder = join(project, 'libs', 'embedded-servers', 'src');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts')).sort();
  const sources = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]));
  const digest = createHash('sha256').update(JSON.stringify(sources)).digest('hex').slice(0, 16);
  const cache = join(project, '.waybill', 'cache', `embedded-servers-${digest}`);
  if (!existsSync(cache)) await compile(sources, cache);
  return join(cache, 'index.js');
}

async function compile(sources, cache) {
  await mkdir(dirname(cache), { recursive: true });
  const staging = await mkdtemp(`${cache}-`);
  const options = { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } };
  for (const [name, source] of sources) {
    const { code } = await transform(source, options);
    await writeFile(join(staging, name.replace(/\.ts$/, '.js')), code);
  }
  await rename(staging, cache).catch(() => rm(staging, { recursive: true, force: true }));
}
