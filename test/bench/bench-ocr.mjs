/**
 * How well and how fast pages are read: every engine on this machine beside native tesseract, at the setting that suits each
 * kind best and at its defaults, and LiteParse where its package is installed.
 *
 *   npm run bench:ocr -- --data DIR [--engine tesseract-js] [--beside best,default,liteparse] [--kind receipt,form]
 *     [--limit 20] [--clock processor] [--out FILE] [--json FILE]
 *
 * DIR holds gt.jsonl, one `{id, file, kind, text, order}` a line, and the files. Two files are under way at a time; each is
 * read by every reader in turn, in another order from file to file. `--out` gets what the first engine read, as
 * `{id, text, words: [{text, box, conf}], ms}` a line, boxes in pixels (PDF: points) of the file's first page as delivered.
 * `--clock processor` measures what readers take of the processors, for a machine that has other work, too: one file at a time.
 * Needs the built project.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureBy } from './bench-clock.mjs';
import { openLiteparse } from './liteparse-reader.mjs';
import { nativeVersion, readAtItsBest, readAtItsDefaults } from './native-tesseract.mjs';
import { openOcrReader } from './ocr-reader.mjs';
import { keepFigures, median, percentile, printTable, readOptions } from './report.mjs';
import { countEdits, countWords, scoreCounts } from './score-words.mjs';

const bestReader = 'native, best';

const options = readOptions({
  kind: { type: 'string' },
  limit: { type: 'string' },
  engine: { type: 'string' },
  seed: { type: 'string', default: '1' },
  clock: { type: 'string', default: 'wall' },
  beside: { type: 'string', default: 'best,default,liteparse' },
});
if (!options.data) throw new Error('Say where the documents are: npm run bench:ocr -- --data DIR');

measureBy(options.clock);
const lanes = options.clock === 'wall' ? 2 : 1;
const version = nativeVersion();
const names = options.engine ? [options.engine] : [...(version ? ['tesseract-native'] : []), 'tesseract-js'];
const engines = [];
for (const name of names) engines.push(await openOcrReader(name, lanes));
const beside = options.beside.split(',');
const liteparse = beside.includes('liteparse') ? await openLiteparse() : undefined;
const readers = [
  ...engines.map(({ name, read }) => ({ name, read })),
  ...(version && beside.includes('best') ? [{ name: bestReader, read: readAtItsBest, isNative: true }] : []),
  ...(version && beside.includes('default')
    ? [{ name: 'native, default', read: readAtItsDefaults, isNative: true }]
    : []),
  ...(liteparse ? [{ name: 'liteparse', read: liteparse }] : []),
];
const out = options.out ? createWriteStream(options.out) : undefined;
const results = [];
const queue = (await chooseDocuments()).entries();
await Promise.all(Array.from({ length: lanes }, readQueue));
process.stderr.write('\n');
out?.end();
await Promise.all(engines.map(({ close }) => close()));
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

async function readQueue() {
  for (const { warm } of engines) await warm();
  for (const [index, truth] of queue) {
    const file = join(options.data, truth.file);
    const turn = index % readers.length;
    let pages = 1;
    for (const reader of [...readers.slice(turn), ...readers.slice(0, turn)]) {
      if (reader.isNative && truth.file.endsWith('.pdf')) continue;
      const read = await reader.read(file, truth.kind);
      pages = read.pages ?? pages;
      if (reader.name === engines[0].name) {
        out?.write(`${JSON.stringify({ id: truth.id, text: read.text, words: read.words, ms: read.ms })}\n`);
      }
      const { id, kind, order } = truth;
      const edits = order ? countEdits(truth.text, read.text) : undefined;
      results.push({
        id,
        kind,
        reader: reader.name,
        ms: read.ms,
        pages,
        ...edits,
        ...countWords(truth.text, read.text),
      });
    }
    process.stderr.write(`\r${Math.floor(results.length / readers.length)} read`);
  }
}

async function tell() {
  const kinds = [...new Set(results.map(({ kind }) => kind))].toSorted();
  const summaries = [...kinds, 'all'].flatMap((kind) => {
    const ofKind = results.filter((result) => kind === 'all' || result.kind === kind);
    const best = secondsPerPage(ofKind.filter(({ reader }) => reader === bestReader));
    return readers.flatMap(({ name }) => {
      const read = ofKind.filter(({ reader }) => reader === name);
      return read.length === 0 ? [] : [{ kind, reader: name, ...summaryOf(read), ratio: secondsPerPage(read) / best }];
    });
  });
  const cell = (value, digits = 3) => (Number.isFinite(value) ? value.toFixed(digits) : '');
  printTable(
    ['kind', 'reader', 'files', 'precision', 'recall', 'F1', 'char. errors', 's/page', 'p50', 'p95', 'ratio'],
    summaries.map(({ kind, reader, files, precision, recall, f1, characterErrors, ...time }) => [
      ...[kind, reader, files],
      ...[precision, recall, f1, characterErrors].map((value) => cell(value)),
      ...[time.secondsPerPage, time.p50, time.p95, time.ratio].map((value) => cell(value, 2)),
    ]),
  );
  await keepFigures(options.json, 'ocr', { native: version ?? null, clock: options.clock, lanes, summaries, results });
}

function secondsPerPage(read) {
  const sum = (name) => read.reduce((total, result) => total + result[name], 0);
  return sum('ms') / 1_000 / sum('pages');
}

function summaryOf(read) {
  const seconds = read.map(({ ms, pages }) => ms / 1_000 / pages);
  const ordered = read.filter(({ characters }) => characters > 0);
  const sum = (name) => ordered.reduce((total, result) => total + result[name], 0);
  return {
    files: read.length,
    ...scoreCounts(read),
    characterErrors: sum('edits') / sum('characters'),
    secondsPerPage: secondsPerPage(read),
    p50: median(seconds),
    p95: percentile(seconds, 0.95),
  };
}
