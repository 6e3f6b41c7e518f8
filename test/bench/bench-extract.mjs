/**
 * Field scores of the rules on receipts, from the true text and from the project's own OCR, and how far their
 * confidences hold.
 *
 *   npm run bench:extract -- --data DIR [--from truth|ocr|both] [--limit N] [--json FILE] [--out FILE]
 *
 * DIR has gt.jsonl and the files it names. A field is right when the strings are equal after trimming (exact), or equal
 * as a day, a number, or letters and digits (loose). `--out` takes the predictions of the last reading as JSON lines
 * `{ id, fields, conf, ms }`; dates and totals are as printed, since that is what the truth has.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { layOutPage } from '../../dist/libs/document-layout/src/index.js';
import { extractDocument } from '../../dist/libs/extraction/src/index.js';
import { openReader } from './extract-reader.mjs';
import { looselyEqual, printReliability, receiptFields, scoreFields } from './extract-scores.mjs';
import { keepFigures, median, printTable, readOptions } from './report.mjs';

/** Dates and totals as printed: the truth is a transcript, not a normalised value. */
const schema = {
  type: 'object',
  properties: {
    company: { type: 'string' },
    date: { type: 'string', description: 'The day of the receipt, as printed.' },
    address: { type: 'string' },
    total: { type: 'string', description: 'The amount to pay, as printed.' },
  },
};

const options = readOptions({ from: { type: 'string', default: 'both' }, limit: { type: 'string' } });
if (options.data === undefined || !['truth', 'ocr', 'both'].includes(options.from)) {
  console.error('Name the folder with gt.jsonl: npm run bench:extract -- --data DIR [--from truth|ocr|both]');
  process.exit(2);
}
const lines = (await readFile(join(options.data, 'gt.jsonl'), 'utf8')).split('\n').filter(Boolean);
const receipts = lines
  .map((line) => JSON.parse(line))
  .filter(({ kind, fields }) => kind === 'receipt' && fields)
  .slice(0, options.limit === undefined ? undefined : Number(options.limit));

const figures = {};
if (options.from !== 'ocr') figures.truth = await score('true text', readTruth);
if (options.from !== 'truth') {
  const reader = openReader();
  try {
    figures.ocr = await score('own OCR', (receipt) => readPicture(reader, receipt));
  } finally {
    await reader.close();
  }
}
await keepFigures(options.json, 'extract', { receipts: receipts.length, ...figures });

/** Extracts every receipt as `read` gives its layout, prints the tables, and returns the figures. */
async function score(name, read) {
  const predictions = new Array(receipts.length);
  let next = 0;
  const takeTurns = async () => {
    for (let at = next++; at < receipts.length; at = next++)
      predictions[at] = predict(receipts[at], await read(receipts[at]));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, takeTurns));
  const documents = predictions.map(({ fields }, at) => ({ truth: receipts[at].fields, given: fields }));
  const exact = scoreFields(documents, (_, given, truth) => String(given).trim() === String(truth).trim());
  const loose = scoreFields(documents, looselyEqual);
  console.log(`\nReceipt fields from ${name}, ${receipts.length} receipts`);
  printTable(
    ['field', 'exact F1', 'loose F1', 'loose precision', 'loose recall'],
    [...receiptFields, 'all'].map((field) => [
      field,
      exact[field].f1.toFixed(3),
      loose[field].f1.toFixed(3),
      loose[field].precision.toFixed(3),
      loose[field].recall.toFixed(3),
    ]),
  );
  const answers = predictions.flatMap(({ fields, conf }, at) =>
    Object.entries(conf).map(([field, confidence]) => ({
      confidence,
      right: looselyEqual(field, fields[field], receipts[at].fields[field] ?? ''),
    })),
  );
  const reliability = printReliability(`Confidence of fields from ${name}`, answers);
  if (options.out) await writeFile(options.out, predictions.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { exact, loose, reliability, extractMsMedian: median(predictions.map(({ ms }) => ms)) };
}

function predict({ id }, layout) {
  const started = performance.now();
  const { values, fields } = extractDocument([layout], schema);
  const ms = performance.now() - started;
  const found = fields.filter(({ value }) => value !== null);
  return { id, fields: values, conf: Object.fromEntries(found.map((one) => [one.path.slice(1), one.confidence])), ms };
}

/** The transcript's lines as a page, each line's words spread over its box by their letters. */
function readTruth({ lines: transcript }) {
  const words = transcript.flatMap(({ text, box: [x0, y0, x1, y1] }) =>
    [...text.matchAll(/\S+/g)].map((match) => {
      const at = (letters) => x0 + ((x1 - x0) * letters) / text.length;
      return { text: match[0], box: [at(match.index), y0, at(match.index + match[0].length), y1], confidence: 1 };
    }),
  );
  return layOutPage({
    ...{ document: 0, page: 1, unit: 'px', dpi: null, rotation: 0, skewDegrees: 0, source: 'text-layer' },
    ...{ engine: { name: 'transcript', version: '1' }, languages: ['eng'], remarks: [], words },
    width: Math.max(...words.map(({ box }) => box[2])) * 1.05,
    height: Math.max(...words.map(({ box }) => box[3])) * 1.05,
  });
}

async function readPicture(reader, { file }) {
  const bytes = await readFile(join(options.data, file));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return reader.readPage({ sha256, bytes, mediaType: file.endsWith('.png') ? 'image/png' : 'image/jpeg' });
}
