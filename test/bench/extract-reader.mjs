/**
 * Reads documents the way the ocr service does, without queue or store. What was read is kept in .waybill/, under a hash
 * of the file and of the code that reads, so that only changed files or readers cost time again.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { layOutPage, noReadingCache } from '../../dist/libs/document-layout/src/index.js';
import { DocumentReader, inspectDocument, limitsOf } from '../../dist/libs/documents/src/index.js';
import { createOcrEngine } from '../../dist/libs/ocr-engines/src/index.js';
import { loadEnvironment } from '../../dist/libs/platform/src/index.js';
import { ReadDocumentPage } from '../../dist/apps/ocr/src/read-document-page.js';
import { RecognisePicture } from '../../dist/apps/ocr/src/recognise-picture.js';

const cacheFolder = new URL('../../.waybill/bench-readings/', import.meta.url).pathname;
/** What a reading depends on, besides the file. */
const readingCode = ['libs/documents', 'libs/ocr-engines', 'apps/ocr/src'].map(
  (room) => new URL(`../../dist/${room}`, import.meta.url).pathname,
);

/** `readDocument(bytes)` gives the layouts of all its pages; `close()` ends the threads, if there are any. */
export async function openReader() {
  const code = await hashOfCode();
  const { signal } = new AbortController();
  let tools;
  await mkdir(cacheFolder, { recursive: true });
  return {
    async readDocument(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const kept = join(cacheFolder, `${sha256.slice(0, 24)}-${code}.json`);
      const known = await readKept(kept);
      const read = known ?? (await readPages((tools ??= openTools()), { bytes, sha256 }, signal).catch(failure));
      if (!known) await writeFile(kept, JSON.stringify(read));
      if (read.failed) throw new Error(read.failed);
      return read.map(layOutPage);
    },
    close: () => tools?.close(),
  };
}

/** What could not be read is remembered too. */
const failure = (error) => ({ failed: error.message });

async function readPages({ reader, limits, sources }, { bytes, sha256 }, signal) {
  const { mediaType, pages } = await inspectDocument(bytes, limits, signal);
  sources.set(sha256, bytes);
  const readings = [];
  for (let page = 1; page <= pages; page += 1) {
    const work = { tenant: 'bench', document: 0, page, mediaType, source: { sha256 }, plan: {} };
    const { reading } = await reader.read(work, () => signal);
    readings.push(reading);
  }
  sources.delete(sha256);
  return readings;
}

function openTools() {
  const environment = loadEnvironment({ WAYBILL_OCR_WORKERS: process.env.WAYBILL_OCR_WORKERS });
  const limits = limitsOf(environment);
  const decoder = new DocumentReader({
    threads: environment.WAYBILL_OCR_WORKERS ?? availableParallelism(),
    limits,
    pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
  });
  const engine = createOcrEngine(environment);
  const pictures = new RecognisePicture(engine, noReadingCache, 'bench');
  const sources = new Map();
  const store = { read: async ({ sha256 }) => sources.get(sha256) };
  return {
    ...{ limits, sources, reader: new ReadDocumentPage(store, decoder, pictures, ['eng']) },
    close: () => Promise.all([decoder.close(), engine.close()]),
  };
}

async function readKept(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function hashOfCode() {
  const hash = createHash('sha256');
  for (const room of readingCode) {
    const files = (await readdir(room, { recursive: true })).filter((name) => name.endsWith('.js')).sort();
    for (const file of files) hash.update(file).update(await readFile(join(room, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
