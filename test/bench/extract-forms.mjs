/** How invoices and the questions and answers of forms are scored. */
import { editDistance } from '../../dist/libs/extraction/src/fold-text.js';
import { extractDocument } from '../../dist/libs/extraction/src/index.js';
import { looselyEqual, reliability } from './extract-scores.mjs';
import { printTable } from './report.mjs';

/** Fields of the truth, the property of the built-in schema that answers each, and how they are compared. */
const invoiceFields = [
  [
    'vendor',
    'vendor',
    (given, truth) => folded(given).includes(folded(truth)) || folded(truth).includes(folded(given)),
  ],
  ['invoice_number', 'invoiceNumber', (given, truth) => folded(given) === folded(truth)],
  ['date', 'date', (given, truth) => given === truth],
  ['total', 'total', (given, truth) => looselyEqual('total', given, truth)],
  ['currency', 'currency', (given, truth) => given === truth],
];
/** A question or answer this much like the true one is taken for it; 1 - edit distance over the longer text. */
const alikeFrom = 0.8;

const folded = (text) =>
  String(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Vendors count when one name holds the other; numbers without punctuation; days, sums and currencies as values. */
export function scoreInvoices(invoices, layouts) {
  const answers = invoices.flatMap(({ id, fields: truth }, at) => {
    const { values, fields } = extractDocument(layouts[at], 'invoice');
    return invoiceFields.flatMap(([asked, property, isRight]) => {
      if (truth[asked] === undefined) return [];
      const given = values[property];
      const confidence = fields.find(({ path }) => path === `/${property}`)?.confidence ?? 0;
      const right = given !== null && given !== '' && isRight(given, truth[asked]);
      return [{ id, asked, given, truth: truth[asked], confidence, right }];
    });
  });
  console.log(`\nInvoice fields, ${invoices.length} invoices`);
  printTable(
    ['field', 'right', 'of', 'surer than .9', 'right of these'],
    [...invoiceFields.map(([asked]) => asked), 'all'].map((field) => {
      const own = answers.filter(({ asked }) => field === 'all' || asked === field);
      const sure = own.filter(({ confidence }) => confidence >= 0.9);
      return [field, count(own), own.length, sure.length, count(sure)];
    }),
  );
  return { answers, reliability: reliability(answers) };
}

const count = (answers) => answers.filter(({ right }) => right).length;

/**
 * Questions and answers that extraction gives for a form without a schema. A pair is right when its question and its
 * answer are both like those of one true pair, and each true pair is taken once.
 */
export function scoreForms(name, forms, layouts) {
  const tally = { same: { right: 0 }, alike: { right: 0 }, given: 0, truths: 0, kinds: {} };
  forms.forEach(({ kv }, at) => {
    const { kind, fields } = extractDocument(layouts[at], undefined);
    const pairs = fields
      .filter(({ value }) => typeof value === 'string')
      .map(({ path, value }) => ({ key: path.slice(1).replaceAll('~1', '/').replaceAll('~0', '~'), value }));
    tally.kinds[kind] = (tally.kinds[kind] ?? 0) + 1;
    tally.given += pairs.length;
    tally.truths += kv.length;
    tally.same.right += matched(pairs, kv, (a, b) => folded(a) === folded(b));
    tally.alike.right += matched(pairs, kv, (a, b) => likeness(folded(a), folded(b)) >= alikeFrom);
  });
  const scored = ({ right }) => {
    const [precision, recall] = [right / Math.max(1, tally.given), right / Math.max(1, tally.truths)];
    return { right, precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
  };
  const figures = { same: scored(tally.same), alike: scored(tally.alike), given: tally.given, truths: tally.truths };
  console.log(
    `\nQuestions and answers of ${forms.length} forms from ${name}; taken for: ${JSON.stringify(tally.kinds)}`,
  );
  printTable(
    ['pair is right when both are', 'pairs given', 'true pairs', 'precision', 'recall', 'F1'],
    [
      ['equal in letters and digits', figures.same],
      [`at least ${alikeFrom} alike`, figures.alike],
    ].map(([rule, { precision, recall, f1 }]) => [
      ...[rule, tally.given, tally.truths],
      ...[precision, recall, f1].map((one) => one.toFixed(3)),
    ]),
  );
  return figures;
}

function matched(pairs, truths, isSame) {
  const left = new Set(truths);
  let right = 0;
  for (const pair of pairs) {
    const hit = [...left].find((truth) => isSame(pair.key, truth.key) && isSame(pair.value, truth.value));
    if (!hit) continue;
    left.delete(hit);
    right += 1;
  }
  return right;
}

function likeness(a, b) {
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 1 : 1 - editDistance(a, b, longest) / longest;
}
