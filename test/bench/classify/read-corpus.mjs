/** Labelled documents, decoded and read as the ocr service does, for teaching and measuring the classifier. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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
 * Opens a reader of labelled documents: `look(truth)` gives `{ mediaType, pages: [{ look, area, decodeMs }] }` without
 * reading, area in the page's own unit squared; `read(truth)` adds each page's `layout`. Of a PDF, up to `mostPages`.
 */
export function openCorpus({ folder, mostPages = 12 }) {
  const environment = loadEnvironment({ WAYBILL_OCR_WORKERS: process.env.WAYBILL_OCR_WORKERS });
  const limits = limitsOf(environment);
  const threads = environment.WAYBILL_OCR_WORKERS ?? availableParallelism();
  const decoder = new DocumentReader({ threads, limits, pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS });
  const engine = createOcrEngine(environment);
  const { signal } = new AbortController();

  async function decode(truth, withPage) {
    const bytes = await readFile(join(folder, truth.file));
    const { mediaType, pages: count } = await inspectDocument(bytes, limits, signal);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const held = await decoder.hold({ sha256 }, async () => bytes);
    const pages = [];
    for (let page = 1; page <= Math.min(count, mostPages); page += 1) {
      const startMs = performance.now();
      const decoded = await decoder.decodePage({ sha256, mediaType, bytes: held }, page, signal);
      pages.push(await withPage(decoded, page, performance.now() - startMs));
    }
    return { mediaType, pages };
  }

  const lookAt = ({ look, width, height }, decodeMs) => ({ look, area: width * height, decodeMs });

  /** Without an engine only a page's own text is read. */
  async function layOut({ raster, textLayer, width, height, unit, dpi, rules }, page, reads) {
    const facts = { document: 0, page, width, height, unit, dpi, rules, languages: ['eng'], remarks: [] };
    if (textLayer && textLayer.words.length > 0) {
      const by = { source: 'text-layer', engine: { name: 'text-layer', version: '' } };
      return layOutPage({ ...facts, words: textLayer.words, rotation: textLayer.rotation, ...by, skewDegrees: 0 });
    }
    if (!raster || reads === 'own text') return undefined;
    const seen = await engine.recognise(raster, { languages: ['eng'], signal });
    const [x, y] = [width / raster.width, height / raster.height];
    const words = seen.words.map(({ text, confidence, box: [x0, y0, x1, y1] }) => ({
      ...{ text, confidence, box: [x0 * x, y0 * y, x1 * x, y1 * y] },
    }));
    const by = { source: 'ocr', engine: { name: engine.name, version: engine.version } };
    return layOutPage({ ...facts, ...seen, ...by, words });
  }

  return {
    look: (truth) => decode(truth, (decoded, _page, decodeMs) => lookAt(decoded, decodeMs)),
    /** `reads` is `own text` (no engine is asked) or `everything`. */
    read: (truth, reads) =>
      decode(truth, async (decoded, page, decodeMs) => ({
        ...lookAt(decoded, decodeMs),
        layout: await layOut(decoded, page, reads),
      })),
    close: () => Promise.all([decoder.close(), engine.close()]),
  };
}
