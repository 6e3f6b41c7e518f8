/**
 * How well tables are found, beside `pdftotext -layout` and gaps, and LiteParse and gaps, where they are installed.
 *
 *   npm run bench:tables -- --data DIR [--drawn 40] [--limit 10] [--seed 1] [--out FILE] [--json FILE]
 *
 * DIR holds gt.jsonl, one `{id, file, kind, tables}` a line, and the files. PDFs (kind `pdf-table`) are read by their text
 * layer and drawn rules, without OCR; images (kind `table`) by OCR. `--drawn` adds that many PDFs of invented tables.
 * `--out` gets `{id, tables: [{page, cells}], ms}` a line. Halves are by the id's hash, so that rules can be written while
 * looking at one of them. Needs the built project.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layOutPage } from '../../dist/libs/document-layout/src/index.js';
import { DocumentReader, inspectDocument, limitsOf } from '../../dist/libs/documents/src/index.js';
import { createOcrEngine } from '../../dist/libs/ocr-engines/src/index.js';
import { loadEnvironment } from '../../dist/libs/platform/src/index.js';
import { drawTables } from './draw-tables.mjs';
import { gapTables, popplerText, popplerVersion } from './gap-tables.mjs';
import { keepFigures, percentile, printTable, readOptions } from './report.mjs';
import { countRelations, f1Of, scoreRelations } from './score-adjacency.mjs';

const options = readOptions({
  drawn: { type: 'string', default: '0' },
  limit: { type: 'string' },
  seed: { type: 'string', default: '1' },
  kind: { type: 'string', default: 'pdf-table,table' },
  worst: { type: 'string', default: '0' },
});
if (!options.data && options.drawn === '0') {
  throw new Error('Say where the documents are: npm run bench:tables -- --data DIR');
}
const environment = loadEnvironment({});
const decoder = new DocumentReader({
  threads: 1,
  limits: limitsOf(environment),
  pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
});
const { signal } = new AbortController();
let engine;
const readings = [];
const results = [];
const predictions = [];
const readers = await openReaders();

const folder = await mkdtemp(join(tmpdir(), 'waybill-tables-'));
try {
  for (const truth of [...(await chosenFiles()), ...(await drawnFiles(folder))]) {
    const found = {};
    for (const reader of readers.filter(({ reads }) => reads.includes(truth.kind))) {
      const startMs = performance.now();
      const { tables, pages } = await reader.read(truth);
      found[reader.name] = { ...countRelations(truth.tables, tables), pages, ms: performance.now() - startMs };
      if (reader.name === 'waybill') predictions.push({ id: truth.id, tables, ms: found.waybill.ms });
    }
    results.push({ id: truth.id, kind: truth.kind, half: halfOf(truth.id), found });
    process.stderr.write(`\r${results.length} read`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
  await Promise.all([engine?.close(), decoder.close()]);
}
process.stderr.write('\n');
if (options.out) await writeFile(options.out, predictions.map((line) => `${JSON.stringify(line)}\n`).join(''));
await tell();

async function openReaders() {
  const version = await popplerVersion();
  const liteParse = await importLiteParse();
  const pdfs = ['pdf-table', 'drawn'];
  return [
    { name: 'waybill', reads: [...pdfs, 'table'], read: (truth) => readAsWeDo(truth, 'rules') },
    { name: 'waybill without rules', reads: pdfs, read: (truth) => readAsWeDo(truth, 'no rules') },
    ...(version ? [{ name: `pdftotext ${version} and gaps`, reads: pdfs, read: byText(popplerText) }] : []),
    ...(liteParse ? [{ name: 'liteparse and gaps', reads: [...pdfs, 'table'], read: byText(liteParse) }] : []),
  ];
}

function byText(textOf) {
  return async (truth) => {
    const text = await textOf(truth.path);
    return { tables: gapTables(text), pages: text.replace(/\f$/, '').split('\f').length };
  };
}

/** Its text keeps the look of the page, as pdftotext's does; undefined where it is not installed. */
async function importLiteParse() {
  try {
    const { LiteParse } = await import('@llamaindex/liteparse');
    const parser = new LiteParse({ ocrEnabled: false, quiet: true });
    return async (file) => {
      const { pages } = await parser.parse(file);
      return pages.map(({ text }) => text).join('\f');
    };
  } catch {
    return undefined;
  }
}

async function chosenFiles() {
  if (!options.data) return [];
  const kinds = options.kind.split(',');
  const lines = (await readFile(join(options.data, 'gt.jsonl'), 'utf8')).split('\n').filter((line) => line.trim());
  const taken = new Map();
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ kind, tables }) => kinds.includes(kind) && tables)
    .filter(({ kind }) => {
      taken.set(kind, (taken.get(kind) ?? 0) + 1);
      return !options.limit || taken.get(kind) <= Number(options.limit);
    })
    .map((truth) => ({ ...truth, path: join(options.data, truth.file) }));
}

async function drawnFiles(into) {
  const files = [];
  for (let at = 0; at < Number(options.drawn); at += 1) {
    const { id, bytes, tables } = await drawTables(Number(options.seed) * 1_000 + at);
    const path = join(into, `${id}.pdf`);
    await writeFile(path, bytes);
    files.push({ id, kind: 'drawn', path, tables });
  }
  return files;
}

async function readAsWeDo({ path, kind }, rulesOrNot) {
  const bytes = await readFile(path);
  const { mediaType, pages } = await inspectDocument(bytes, limitsOf(environment), signal);
  const document = { sha256: createHash('sha256').update(bytes).digest('hex'), mediaType };
  const held = await decoder.hold(document, async () => bytes);
  const tables = [];
  for (let page = 1; page <= pages; page += 1) {
    const decoded = await decoder.decodePage({ ...document, bytes: held }, page, signal);
    const seen = kind === 'table' ? await recognise(decoded) : decoded.textLayer;
    if (!seen) continue;
    const { width, height, unit, dpi, rules, squares, areas } = decoded;
    const { words, rotation, skewDegrees = 0 } = seen;
    const reading = {
      ...{ document: 0, page, source: 'ocr', engine: { name: 'bench', version: '' }, languages: ['eng'], remarks: [] },
      ...{ width, height, unit, dpi, words, rotation, skewDegrees, squares, pictures: areas },
      rules: rulesOrNot === 'rules' ? rules : [],
    };
    const layout = layOutPage(reading);
    if (rulesOrNot === 'rules') readings.push(reading);
    tables.push(...layout.tables.map((table) => ({ page, cells: table.cells.map(toCell) })));
  }
  return { tables, pages };
}

function toCell({ row, column, rowSpan, columnSpan, text }) {
  return { r0: row, c0: column, r1: row + rowSpan - 1, c1: column + columnSpan - 1, text };
}

async function recognise({ raster, width, height }) {
  engine ??= createOcrEngine(environment);
  const seen = await engine.recognise(raster, { languages: ['eng'], signal });
  const [x, y] = [width / raster.width, height / raster.height];
  const words = seen.words.map((word) => ({ ...word, box: word.box.map((edge, at) => edge * (at % 2 ? y : x)) }));
  return { ...seen, words };
}

/** Processor time, the median of a few runs, as in a service that has been running for a while. */
function layoutMsOf(reading) {
  const runs = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    layOutPage(reading);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  });
  return percentile(runs, 0.5);
}

function halfOf(id) {
  return createHash('sha256').update(id).digest()[0] % 2 === 0 ? 'a' : 'b';
}

async function tell() {
  const kinds = [...new Set(results.map(({ kind }) => kind))];
  const sets = kinds.flatMap((kind) => [
    { kind, half: undefined },
    ...(kind === 'drawn'
      ? []
      : [
          { kind, half: 'a' },
          { kind, half: 'b' },
        ]),
  ]);
  const summaries = sets.flatMap(({ kind, half }) =>
    readers.flatMap(({ name }) => {
      const counts = results
        .filter((result) => result.kind === kind && (!half || result.half === half))
        .flatMap(({ found }) => found[name] ?? []);
      if (counts.length === 0) return [];
      const pages = counts.reduce((sum, count) => sum + count.pages, 0);
      const ms = counts.reduce((sum, count) => sum + count.ms, 0);
      return [{ kind, half: half ?? 'all', reader: name, ...scoreRelations(counts), msPerPage: ms / pages }];
    }),
  );
  const share = (value) => value.toFixed(3);
  printTable(
    ['kind', 'half', 'reader', 'files', 'precision', 'recall', 'F1', 'macro F1', 'ms/page'],
    summaries.map(({ kind, half, reader, files, precision, recall, f1, macroF1, msPerPage }) => [
      ...[kind, half, reader, files],
      ...[precision, recall, f1, macroF1].map(share),
      msPerPage.toFixed(1),
    ]),
  );
  const layoutMs = readings.map((reading) => ({ ms: layoutMsOf(reading), words: reading.words.length }));
  const times = layoutMs.map(({ ms }) => ms);
  const densest = layoutMs.toSorted((one, other) => other.words - one.words)[0];
  const layout = { pages: times.length, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), densest };
  console.log(
    `layOutPage, processor time, ${layout.pages} pages: p50 ${layout.p50Ms.toFixed(1)} ms, p95 ${layout.p95Ms.toFixed(1)} ms; ` +
      `the densest page (${densest?.words} words) ${densest?.ms.toFixed(1)} ms`,
  );
  for (const { id, found } of results
    .toSorted((a, b) => f1Of(a.found.waybill) - f1Of(b.found.waybill))
    .slice(0, Number(options.worst))) {
    console.log(`${id} ${f1Of(found.waybill).toFixed(3)}`);
  }
  await keepFigures(options.json, 'tables', { summaries, layout, documents: results });
}
