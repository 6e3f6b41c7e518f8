/** Reads a picture the way the ocr service does, without queue or store. */
import { availableParallelism } from 'node:os';
import { layOutPage } from '../../dist/libs/document-layout/src/index.js';
import { DocumentReader, limitsOf } from '../../dist/libs/documents/src/index.js';
import { createOcrEngine } from '../../dist/libs/ocr-engines/src/index.js';
import { loadEnvironment } from '../../dist/libs/platform/src/index.js';

/** `close()` ends its threads. */
export function openReader() {
  const environment = loadEnvironment({ WAYBILL_OCR_WORKERS: process.env.WAYBILL_OCR_WORKERS });
  const decoder = new DocumentReader({
    threads: environment.WAYBILL_OCR_WORKERS ?? availableParallelism(),
    limits: limitsOf(environment),
    pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
  });
  const engine = createOcrEngine(environment);
  const { signal } = new AbortController();
  return {
    /** The layout of the first page of `{ sha256, mediaType, bytes }`. */
    async readPage(document) {
      const page = await decoder.decodePage(document, 1, signal);
      const { width, height, unit, dpi } = page;
      const facts = { document: 0, page: 1, width, height, unit, dpi };
      if (!page.raster) {
        const text = page.textLayer ?? { words: [], rotation: 0 };
        const read = { ...text, skewDegrees: 0, source: 'text-layer', engine: { name: 'text-layer', version: '' } };
        return layOutPage({ ...facts, ...read, languages: [], remarks: [] });
      }
      const seen = await engine.recognise(page.raster, { languages: ['eng'], signal });
      const [x, y] = [width / page.raster.width, height / page.raster.height];
      const words = seen.words.map(({ text, confidence, box: [x0, y0, x1, y1] }) => ({
        ...{ text, confidence, box: [x0 * x, y0 * y, x1 * x, y1 * y] },
      }));
      const by = { source: 'ocr', engine: { name: engine.name, version: engine.version }, languages: ['eng'] };
      return layOutPage({ ...facts, ...seen, ...by, words });
    },
    close: () => Promise.all([decoder.close(), engine.close()]),
  };
}
