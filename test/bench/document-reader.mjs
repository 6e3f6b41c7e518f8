/**
 * Reads documents the way the ocr service does, without queue or store. What was read is kept in .waybill/, or where it is said, under a hash
 * of the file, of the code that reads and of the engine, so that only changed files or readers cost time again.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { layOutPage, noReadingCache } from '../../dist/libs/document-layout/src/index.js';
import { DocumentReader, inspectDocument, limitsOf } from '../../dist/libs/documents/src/index.js';
import { createOcrEngine, readingFingerprint } from '../../dist/libs/ocr-engines/src/index.js';
import { readDecodedPage, ReadingTools } from '../../dist/libs/page-reading/src/index.js';
import { loadEnvironment } from '../../dist/libs/platform/src/index.js';

/** Where readings are kept unless it is said otherwise. */
export const usualKeptFolder = new URL('../../.waybill/bench-readings/', import.meta.url).pathname;
/** What a reading depends on, besides the file. */
const readingCode = ['libs/documents', 'libs/ocr-engines', 'libs/page-reading'].map(
  (room) => new URL(`../../dist/${room}`, import.meta.url).pathname,
);
const unlimited = Number.POSITIVE_INFINITY;

/**
 * `readDocument(bytes)` gives the layouts of all its pages. `openPages(bytes, mostPages)` gives its media type and its
 * first pages in turn, decoded, each with `readOwnText()` and `readAll()`: its layout from the text it carries alone,
 * undefined where it carries none, or from all that can be seen on it. `engine` is the environment's name of one,
 * `keptIn` the folder that keeps what was read.
 */
export async function openReader({ engine, keptIn = usualKeptFolder } = {}) {
  const tools = openTools(engine);
  await mkdir(keptIn, { recursive: true });
  const way = { ...tools, keptIn, code: `${await hashOfCode(readingCode)}-${tools.engine.name}` };
  return {
    engine: `${tools.engine.name} ${tools.engine.version}`,
    async readDocument(bytes) {
      const { count, pageAt } = await openDocument(way, bytes);
      const layouts = [];
      for (let page = 1; page <= count; page += 1) layouts.push(await pageAt(page).readAll());
      return layouts;
    },
    async openPages(bytes, mostPages = unlimited) {
      const { mediaType, count, pageAt } = await openDocument(way, bytes);
      const pages = [];
      for (let page = 1; page <= Math.min(count, mostPages); page += 1) {
        const startMs = performance.now();
        const place = pageAt(page);
        pages.push({ ...place, decoded: await place.decode(), decodeMs: performance.now() - startMs });
      }
      return { mediaType, pages };
    },
    close: () => tools.close(),
  };
}

async function openDocument({ decoder, pictures, limits, signal, keptIn, code }, bytes) {
  const { mediaType, pages: count } = await inspectDocument(bytes, limits, signal);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const decode = async (page) => {
    const held = await decoder.hold({ sha256 }, async () => bytes);
    return decoder.decodePage({ sha256, mediaType, bytes: held }, page, signal);
  };
  const read = async (page) => {
    const wish = { tenant: 'bench', languages: ['eng'], signal };
    const { reading } = await readDecodedPage(await decode(page), { document: 0, page }, { pictures, wish });
    return reading;
  };
  const pageAt = (page) => ({
    decode: () => decode(page),
    readAll: async () =>
      layOutPage(await kept(join(keptIn, `${sha256.slice(0, 24)}-${page}-${code}.json`), () => read(page))),
    readOwnText: async () => layoutOfOwnText(await decode(page), page),
  });
  return { mediaType, count, pageAt };
}

function layoutOfOwnText({ textLayer, width, height, unit, dpi, rules }, page) {
  if (!textLayer || textLayer.words.length === 0) return undefined;
  const facts = { document: 0, page, width, height, unit, dpi, rules, languages: ['eng'], remarks: [], skewDegrees: 0 };
  const by = { source: 'text-layer', engine: { name: 'text-layer', version: '' } };
  return layOutPage({ ...facts, ...by, words: textLayer.words, rotation: textLayer.rotation });
}

/** What could not be read is remembered, too. */
async function kept(file, read) {
  const known = await readKept(file);
  const reading = known ?? (await read().catch((error) => ({ failed: error.message })));
  if (!known) await writeFile(file, JSON.stringify(reading));
  if (reading.failed) throw new Error(reading.failed);
  return reading;
}

function openTools(engineName) {
  const { WAYBILL_OCR_WORKERS, WAYBILL_OCR_ENGINE } = process.env;
  const name = engineName ?? WAYBILL_OCR_ENGINE;
  const environment = loadEnvironment({ WAYBILL_OCR_WORKERS, ...(name ? { WAYBILL_OCR_ENGINE: name } : {}) });
  const limits = limitsOf(environment);
  const decoder = new DocumentReader({
    threads: environment.WAYBILL_OCR_WORKERS ?? availableParallelism(),
    limits,
    pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
    textLayerCheck: environment.WAYBILL_TEXT_LAYER_CHECK,
  });
  const engine = createOcrEngine(environment);
  const tools = new ReadingTools(decoder, engine, noReadingCache, readingFingerprint());
  const { signal } = new AbortController();
  return { engine, decoder, pictures: tools.pictures, limits, signal, close: () => tools.close() };
}

async function readKept(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Twelve letters that change with any script in these folders. */
export async function hashOfCode(rooms) {
  const hash = createHash('sha256');
  for (const room of rooms) {
    const files = (await readdir(room, { recursive: true })).filter((name) => /\.m?js$/.test(name)).sort();
    for (const file of files) hash.update(file).update(await readFile(join(room, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
