/** Labelled documents, decoded and read as the ocr service does, for teaching and measuring the classifier. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { layOutPage } from '../../../dist/libs/document-layout/src/index.js';
import { DocumentReader, inspectDocument, limitsOf } from '../../../dist/libs/documents/src/index.js';
import { createOcrEngine } from '../../../dist/libs/ocr-engines/src/index.js';
import { loadEnvironment } from '../../../dist/libs/platform/src/index.js';

/** The lines of gt.jsonl in a folder of labelled documents. */
export async function readTruths(folder) {
  const lines = (await readFile(join(folder, 'gt.jsonl'), 'utf8')).split('\n').filter((line) => line.trim());
  return lines.map((line) => JSON.parse(line));
}

/**
 * Opens a reader of labelled documents. `read(truth)` gives `{ mediaType, pages: [{ look, layout, decodeMs }] }`: every
 * page of a PDF, up to `mostPages`. With a cache folder, a page is read by the engine only once.
 */
export function openCorpus({ folder, cache, mostPages = 12 }) {
  const environment = loadEnvironment({ WAYBILL_OCR_WORKERS: process.env.WAYBILL_OCR_WORKERS });
  const limits = limitsOf(environment);
  const threads = environment.WAYBILL_OCR_WORKERS ?? availableParallelism();
  const decoder = new DocumentReader({ threads, limits, pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS });
  const engine = createOcrEngine(environment);
  const { signal } = new AbortController();

  async function readPage(document, page) {
    const startMs = performance.now();
    const decoded = await decoder.decodePage(document, page, signal);
    const decodeMs = performance.now() - startMs;
    const layout = await remembered(`${document.sha256}-${page}`, () => layOut(decoded, page));
    return { look: decoded.look, layout, decodeMs };
  }

  async function layOut({ raster, textLayer, width, height, unit, dpi, rules }, page) {
    const facts = { document: 0, page, width, height, unit, dpi, rules, languages: ['eng'], remarks: [] };
    if (!raster) {
      const text = textLayer ?? { words: [], rotation: 0 };
      const by = { source: 'text-layer', engine: { name: 'text-layer', version: '' } };
      return layOutPage({ ...facts, ...text, ...by, skewDegrees: 0 });
    }
    const seen = await engine.recognise(raster, { languages: ['eng'], signal });
    const [x, y] = [width / raster.width, height / raster.height];
    const words = seen.words.map(({ text, confidence, box: [x0, y0, x1, y1] }) => ({
      ...{ text, confidence, box: [x0 * x, y0 * y, x1 * x, y1 * y] },
    }));
    const by = { source: 'ocr', engine: { name: engine.name, version: engine.version } };
    return layOutPage({ ...facts, ...seen, ...by, words });
  }

  async function remembered(key, make) {
    if (!cache) return make();
    const file = join(cache, `${key}.json`);
    const kept = await readFile(file, 'utf8').catch(() => undefined);
    if (kept) return JSON.parse(kept);
    const made = await make();
    await mkdir(cache, { recursive: true });
    await writeFile(file, JSON.stringify(made));
    return made;
  }

  return {
    async read(truth) {
      const bytes = await readFile(join(folder, truth.file));
      const { mediaType, pages: count } = await inspectDocument(bytes, limits, signal);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const held = await decoder.hold({ sha256 }, async () => bytes);
      const pages = [];
      for (let page = 1; page <= Math.min(count, mostPages); page += 1) {
        pages.push(await readPage({ sha256, mediaType, bytes: held }, page));
      }
      return { mediaType, pages };
    },
    close: () => Promise.all([decoder.close(), engine.close()]),
  };
}
