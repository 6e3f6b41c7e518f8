/**
 * Field scores of the rules on receipts, invoices and forms, from the true text where there is one and from the
 * project's own OCR; how far their confidences hold; and how many documents they close alone.
 *
 *   npm run bench:extract -- --data DIR [--from truth|ocr|both] [--peers] [--limit N] [--json FILE] [--out FILE]
 *
 * DIR has gt.jsonl and the files it names. A field is right when the strings are equal after trimming (exact), or equal
 * as a day, a number, or letters and digits (loose). Receipts are asked for in capitals, dates and totals as printed,
 * because the truth is a transcript in capitals. `--out` takes the receipts' predictions of the last reading as JSON
 * lines `{ id, fields, conf, ms }`. With `--peers` the same rules also read the receipts from the words of native tesseract at its best
 * setting, and from LiteParse's phrases where its package is installed: neither finds fields by itself.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { extractDocument } from '../../dist/libs/extraction/src/index.js';
import { openReader } from './document-reader.mjs';
import { looselyEqual, printReliability, receiptFields, scoreFields } from './extract-scores.mjs';
import { layoutOfTranscript, layoutOfWords } from './extract-truth.mjs';
import { openLiteparse } from './liteparse-reader.mjs';
import { nativeVersion, readWordsAtItsBest } from './native-tesseract.mjs';
import { scoreForms, scoreInvoices } from './extract-forms.mjs';
import { keepFigures, median, printTable, readOptions } from './report.mjs';

/** The truth is a transcript in capitals, not a normalised value. */
const schema = {
  type: 'object',
  properties: {
    company: { type: 'string', description: 'The name of the shop, in capitals.' },
    date: { type: 'string', description: 'The day of the receipt, as printed, in capitals.' },
    address: { type: 'string', description: 'The address of the shop, in capitals.' },
    total: { type: 'string', description: 'The amount to pay, as printed.' },
  },
};
/** From this confidence on a value needs no second look; a document whose values all reach it is closed alone. */
const sureFrom = 0.9;

const options = readOptions({
  from: { type: 'string', default: 'both' },
  limit: { type: 'string' },
  peers: { type: 'boolean', default: false },
});
if (options.data === undefined || !['truth', 'ocr', 'both'].includes(options.from)) {
  console.error('Name the folder with gt.jsonl: npm run bench:extract -- --data DIR [--from truth|ocr|both]');
  process.exit(2);
}
const lines = (await readFile(join(options.data, 'gt.jsonl'), 'utf8')).split('\n').filter(Boolean);
const all = lines.map((line) => JSON.parse(line));
const most = options.limit === undefined ? undefined : Number(options.limit);
const receipts = all.filter(({ kind, fields }) => kind === 'receipt' && fields).slice(0, most);
const invoices = all.filter(({ kind, fields }) => kind === 'invoice' && fields).slice(0, most);
const forms = all.filter(({ kind, kv }) => kind === 'form' && kv).slice(0, most);

const figures = {};
const truthOf = (document) => [layoutOfTranscript(document.lines ?? document.words)];
/** The lines of forms are whole questions and answers, several lines in one box: words are what a reader would give. */
const truthOfForm = (document) => [layoutOfTranscript(document.words)];
if (options.from !== 'ocr') {
  figures.truth = await scoreReceipts('true text', truthOf);
  figures.formsTruth = scoreForms('true text', forms, await readAll(forms, truthOfForm));
}
if (options.from !== 'truth') {
  const reader = await openReader();
  const name = `own OCR (${reader.engine})`;
  const readFileOf = async ({ file }) => reader.readDocument(await readFile(join(options.data, file)));
  try {
    figures.ocr = await scoreReceipts(name, readFileOf);
    figures.invoices = scoreInvoices(invoices, await readAll(invoices, readFileOf));
    figures.forms = scoreForms(name, forms, await readAll(forms, readFileOf));
  } finally {
    await reader.close();
  }
}
if (options.peers) figures.peers = await scorePeers();
const counts = { receipts: receipts.length, invoices: invoices.length, forms: forms.length };
await keepFigures(options.json, 'extract', { ...counts, ...figures });

async function scorePeers() {
  const fileOf = ({ file }) => join(options.data, file);
  const readWords = async (document) => [
    layoutOfWords(await readWordsAtItsBest(fileOf(document), 'receipt'), 'native'),
  ];
  const liteparse = await openLiteparse();
  const readPhrases = async (document) => [layoutOfTranscript((await liteparse(fileOf(document))).items)];
  return {
    ...(nativeVersion() ? { native: await scoreReceipts('native tesseract, our rules', readWords) } : {}),
    ...(liteparse ? { liteparse: await scoreReceipts('LiteParse, our rules', readPhrases) } : {}),
  };
}

/** The layouts of every document, in order; a few are read at once. */
async function readAll(documents, read) {
  const layouts = new Array(documents.length);
  let next = 0;
  const takeTurns = async () => {
    for (let at = next++; at < documents.length; at = next++) layouts[at] = await read(documents[at]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, takeTurns));
  return layouts;
}

/** Extracts every receipt as `read` gives its layouts, prints the tables, and returns the figures. */
async function scoreReceipts(name, read) {
  const predictions = (await readAll(receipts, read)).map((layouts, at) => predict(receipts[at], layouts));
  const documents = predictions.map(({ fields }, at) => ({ truth: receipts[at].fields, given: fields }));
  const isSame = (_, given, truth) => String(given).trim() === String(truth).trim();
  const [exact, loose] = [scoreFields(documents, isSame), scoreFields(documents, looselyEqual)];
  console.log(`\nReceipt fields from ${name}, ${receipts.length} receipts`);
  printTable(
    ['field', 'exact F1', 'loose F1', 'loose precision', 'loose recall'],
    [...receiptFields, 'all'].map((field) => [
      field,
      ...[exact[field].f1, loose[field].f1, loose[field].precision, loose[field].recall].map((one) => one.toFixed(3)),
    ]),
  );
  const answers = predictions.map(({ fields, conf }, at) =>
    Object.entries(conf).map(([field, confidence]) => ({
      field,
      confidence,
      right: looselyEqual(field, fields[field], receipts[at].fields[field] ?? ''),
    })),
  );
  const halves = Object.fromEntries(
    ['even', 'odd'].map((half, parity) => {
      const isIn = (_, at) => at % 2 === parity;
      const inHalf = documents.filter(isIn);
      const f1 = { exact: scoreFields(inHalf, isSame).all.f1, loose: scoreFields(inHalf, looselyEqual).all.f1 };
      console.log(
        `receipts at ${half} places: exact ${f1.exact.toFixed(3)}, loose ${f1.loose.toFixed(3)}; ${told(sureOnes(answers.filter(isIn)))}`,
      );
      return [half, f1];
    }),
  );
  const sure = sureOnes(answers);
  console.log(`all receipts: ${told(sure)}`);
  const reliability = printReliability(`Confidence of fields from ${name}`, answers.flat());
  if (options.out) await writeFile(options.out, predictions.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { exact, loose, halves, sure, reliability, extractMsMedian: median(predictions.map(({ ms }) => ms)) };
}

/** Values given with confidence, and documents of which all values are: money that no model needs to be paid. */
function sureOnes(answers) {
  const sure = answers.flat().filter(({ confidence }) => confidence >= sureFrom);
  const closedOn = (fields) =>
    answers
      .map((document) => document.filter(({ field }) => fields.includes(field)))
      .filter((own) => own.length === fields.length && own.every(({ confidence }) => confidence >= sureFrom));
  const isRight = (document) => document.every(({ right }) => right);
  const closed = closedOn(receiptFields);
  const [name, date, , total] = receiptFields;
  const withoutAddress = closedOn([name, date, total]);
  return {
    ...{ documents: answers.length, values: sure.length, right: sure.filter(({ right }) => right).length },
    ...{ closed: closed.length, closedRight: closed.filter(isRight).length },
    ...{ withoutAddress: withoutAddress.length, withoutAddressRight: withoutAddress.filter(isRight).length },
  };
}

function told({ documents, values, right, closed, closedRight, withoutAddress, withoutAddressRight }) {
  const sure = `${right} of ${values} values at ${sureFrom} or surer are right`;
  const asked = `were the address not asked for, ${withoutAddress}, ${withoutAddressRight} of them right`;
  return `${sure}; closed alone ${closed} of ${documents}, ${closedRight} of them right; ${asked}`;
}

function predict({ id }, layouts) {
  const started = performance.now();
  const { values, fields } = extractDocument(layouts, schema);
  const ms = performance.now() - started;
  const found = fields.filter(({ value }) => value !== null);
  return { id, fields: values, conf: Object.fromEntries(found.map((one) => [one.path.slice(1), one.confidence])), ms };
}
