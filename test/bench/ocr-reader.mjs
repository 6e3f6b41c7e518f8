/** Reads a file the way the ocr service does, every page, with one of its engines. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { layOutPage, renderText } from '../../dist/libs/document-layout/src/index.js';
import { DocumentReader, inspectDocument, limitsOf } from '../../dist/libs/documents/src/index.js';
import { createOcrEngine } from '../../dist/libs/ocr-engines/src/index.js';
import { loadEnvironment } from '../../dist/libs/platform/src/index.js';
import { elapsedMs } from './bench-clock.mjs';

const languages = ['eng'];
const { signal } = new AbortController();

/** A decoder and an engine with `workers` threads each; `read` of a file gives `{ text, words, pages, ms }`, `warm` has started what reading needs. */
export async function openOcrReader(name, workers) {
  const environment = loadEnvironment({ ...process.env, WAYBILL_OCR_ENGINE: name, WAYBILL_OCR_WORKERS: `${workers}` });
  const engine = createOcrEngine(environment);
  const limits = limitsOf(environment);
  const decoder = new DocumentReader({
    threads: workers,
    limits,
    pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
    textLayerCheck: environment.WAYBILL_TEXT_LAYER_CHECK,
  });
  return {
    name: `waybill (${engine.name} ${engine.version})`,
    engine,
    read: (file) => readBytesWith({ decoder, engine, limits }, () => readFile(file)),
    warm: () => readBytesWith({ decoder, engine, limits }, drawStroke),
    close: () => Promise.all([decoder.close(), engine.close()]),
  };
}

/** Starting threads and loading a language is not reading. */
function drawStroke() {
  const data = new Uint8Array(64 * 64).fill(255);
  for (let row = 20; row < 40; row += 1) data.fill(0, row * 64 + 28, row * 64 + 34);
  return sharp(data, { raw: { width: 64, height: 64, channels: 1 } })
    .png()
    .toBuffer();
}

async function readBytesWith({ decoder, engine, limits }, bytesOf) {
  const startMs = elapsedMs();
  const bytes = await bytesOf();
  const { mediaType, pages } = await inspectDocument(bytes, limits, signal);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const held = await decoder.hold({ sha256 }, async () => bytes);
  const layouts = [];
  let words = [];
  for (let page = 1; page <= pages; page++) {
    const decoded = await decoder.decodePage({ sha256, mediaType, bytes: held }, page, signal);
    const { raster, textLayer, remarks, width, height, unit, dpi } = decoded;
    const seen = raster
      ? await engine.recognise(raster, { languages, signal })
      : { words: [], rotation: 0, ...textLayer, skewDegrees: 0, remarks };
    const scale = raster ? width / raster.width : 1;
    const found = seen.words.map((word) => ({ ...word, box: word.box.map((edge) => edge * scale) }));
    if (page === 1) words = found.map(({ text, box, confidence }) => ({ text, box, conf: confidence }));
    const source = raster ? 'ocr' : 'text-layer';
    const by = { source, engine: { name: engine.name, version: engine.version }, languages, remarks: seen.remarks };
    const { rotation, skewDegrees } = seen;
    layouts.push(
      layOutPage({ document: 0, page, width, height, unit, dpi, rotation, skewDegrees, ...by, words: found }),
    );
  }
  return { text: renderText(layouts), words, pages, ms: elapsedMs() - startMs };
}
