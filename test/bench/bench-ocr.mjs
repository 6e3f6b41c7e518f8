/**
 * How well and how fast pages are read, beside native tesseract where it is installed, file by file in turn.
 *
 *   npm run bench:ocr -- --data DIR [--kind receipt,form] [--limit 20] [--out FILE] [--json FILE]
 *
 * DIR holds gt.jsonl, one `{id, file, kind, text}` a line, and the files. Every page of a file is read as the ocr service
 * does, with one worker. `--out` gets `{id, text, words: [{text, box, conf}], ms}` a line, boxes in pixels (PDF: points)
 * of the file's first page as delivered. Needs the built project.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { layOutPage, renderText } from '../../dist/libs/document-layout/src/index.js';
import { DocumentReader, inspectDocument, limitsOf } from '../../dist/libs/documents/src/index.js';
import { createOcrEngine } from '../../dist/libs/ocr-engines/src/index.js';
import { loadEnvironment } from '../../dist/libs/platform/src/index.js';
import { nativeVersion, readNatively } from './native-tesseract.mjs';
import { keepFigures, median, percentile, printTable, readOptions } from './report.mjs';
import { countWords, scoreCounts } from './score-words.mjs';

const limits = limitsOf(loadEnvironment({}));
const pageTimeoutMs = 120_000;
const languages = ['eng'];
const signal = new AbortController().signal;

const options = readOptions({
  kind: { type: 'string' },
  limit: { type: 'string' },
  seed: { type: 'string', default: '1' },
});
if (!options.data) throw new Error('Say where the documents are: npm run bench:ocr -- --data DIR');

const engine = createOcrEngine({
  WAYBILL_OCR_ENGINE: 'tesseract.js',
  WAYBILL_OCR_WORKERS: 1,
  WAYBILL_OCR_LANGUAGES: 'eng',
  WAYBILL_PAGE_TIMEOUT_MS: pageTimeoutMs,
});
const decoder = new DocumentReader({ threads: 1, limits, pageTimeoutMs });
const version = nativeVersion();
const out = options.out ? createWriteStream(options.out) : undefined;
const results = [];
// Starting a thread and loading its language is not reading.
await engine.recognise(
  { data: new Uint8Array(64).fill(255), width: 8, height: 8, channels: 1, dpi: null },
  { languages, signal },
);
for (const truth of await chooseDocuments()) {
  const file = join(options.data, truth.file);
  const ours = await readFileAsWeDo(file);
  const native = version && !truth.file.endsWith('.pdf') ? await readNatively(file) : undefined;
  out?.write(`${JSON.stringify({ id: truth.id, text: ours.text, words: ours.words, ms: ours.ms })}\n`);
  results.push({
    id: truth.id,
    kind: truth.kind,
    ours: { ms: ours.ms, pages: ours.pages, ...countWords(truth.text, ours.text) },
    ...(native ? { native: { ms: native.ms, pages: ours.pages, ...countWords(truth.text, native.text) } } : {}),
  });
  process.stderr.write(`\r${results.length} read`);
}
process.stderr.write('\n');
out?.end();
await Promise.all([engine.close(), decoder.close()]);
await tell();

async function chooseDocuments() {
  const lines = (await readFile(join(options.data, 'gt.jsonl'), 'utf8')).split('\n').filter((line) => line.trim());
  const kinds = options.kind?.split(',');
  const all = lines
    .map((line) => JSON.parse(line))
    .filter(({ kind, text }) => typeof text === 'string' && (!kinds || kinds.includes(kind)));
  // A sample that is the same in every run, and another one for every seed.
  const rank = ({ id }) => createHash('sha256').update(`${options.seed} ${id}`).digest('hex');
  const taken = new Map();
  return all
    .toSorted((one, other) => rank(one).localeCompare(rank(other)))
    .filter(({ kind }) => {
      taken.set(kind, (taken.get(kind) ?? 0) + 1);
      return !options.limit || taken.get(kind) <= Number(options.limit);
    });
}

async function readFileAsWeDo(file) {
  const startMs = performance.now();
  const bytes = await readFile(file);
  const { mediaType, pages } = await inspectDocument(bytes, limits, signal);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const held = await decoder.hold({ sha256 }, async () => bytes);
  const layouts = [];
  let words = [];
  for (let page = 1; page <= pages; page++) {
    const { raster, textLayer, remarks, ...shown } = await decoder.decodePage(
      { sha256, mediaType, bytes: held },
      page,
      signal,
    );
    const seen = raster
      ? await engine.recognise(raster, { languages, signal })
      : { ...textLayer, skewDegrees: 0, remarks };
    const scale = raster ? shown.width / raster.width : 1;
    const found = seen.words.map((word) => ({ ...word, box: word.box.map((edge) => edge * scale) }));
    if (page === 1) words = found.map(({ text, box, confidence }) => ({ text, box, conf: confidence }));
    const { display, ...size } = shown;
    layouts.push(
      layOutPage({
        document: 0,
        page,
        ...size,
        rotation: seen.rotation,
        skewDegrees: seen.skewDegrees,
        source: raster ? 'ocr' : 'text-layer',
        engine: { name: engine.name, version: engine.version },
        languages,
        words: found,
        remarks: seen.remarks,
      }),
    );
  }
  const text = renderText(layouts);
  return { text, words, pages, ms: performance.now() - startMs };
}

async function tell() {
  const kinds = [...new Set(results.map(({ kind }) => kind))];
  const summaries = [...kinds, 'all'].flatMap((kind) =>
    ['ours', 'native'].flatMap((reader) => {
      const read = results.filter((result) => (kind === 'all' || result.kind === kind) && result[reader]);
      return read.length === 0 ? [] : [{ kind, reader, ...summaryOf(read.map((result) => result[reader])) }];
    }),
  );
  const cell = (value) => value.toFixed(3);
  printTable(
    ['kind', 'reader', 'files', 'precision', 'recall', 'F1', 's/page', 'p50', 'p95'],
    summaries.map(({ kind, reader, files, precision, recall, f1, secondsPerPage, p50, p95 }) => [
      kind,
      reader === 'ours' ? `waybill (${engine.name} ${engine.version})` : `tesseract ${version}`,
      files,
      ...[precision, recall, f1].map(cell),
      ...[secondsPerPage, p50, p95].map((seconds) => seconds.toFixed(2)),
    ]),
  );
  await keepFigures(options.json, 'ocr', { native: version ?? null, summaries, results });
}

function summaryOf(counts) {
  const seconds = counts.map(({ ms, pages }) => ms / 1_000 / pages);
  const [totalMs, pages] = ['ms', 'pages'].map((name) => counts.reduce((sum, count) => sum + count[name], 0));
  return {
    files: counts.length,
    ...scoreCounts(counts),
    secondsPerPage: totalMs / 1_000 / pages,
    p50: median(seconds),
    p95: percentile(seconds, 0.95),
  };
}
