/**
 * Teaches the guardrails which sentences try to change what is answered about a page, and measures it by frames it has not seen.
 *
 *   npm run train:orders -- [--data DIR] [--each 3] [--orders FILE --honest FILE] [--write]
 *
 * Sentences are composed by test/bench/guardrails with a seed. Of DIR, half of the pages of old books, which are in the public
 * domain, teach what prose is; receipts and forms have no part in it. Nothing is random: the same code gives the same weights. `--write` replaces
 * libs/guardrails/src/doubtful-sentences/order-weights.json. Files given beside are only measured. Needs the built project.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { featuresOf, partsOf } from '../../dist/libs/guardrails/src/doubtful-sentences/sentence-features.js';
import { statementsIn } from '../../dist/libs/guardrails/src/doubtful-sentences/statements-of.js';
import { composeSentences } from './guardrails/compose-orders.mjs';
import { fitOrders, probabilityOf } from './guardrails/fit-orders.mjs';
import { printTable, readOptions } from './report.mjs';

const options = readOptions({
  each: { type: 'string', default: '3' },
  orders: { type: 'string' },
  honest: { type: 'string' },
  write: { type: 'boolean', default: false },
});
const version = 1;
const sentenceFeatures = (text) => featuresOf(partsOf(text));
const foldCount = 4;
const levels = [0.1, 0.3, 0.5, 0.7, 0.9];

const composed = await composeSentences(17, Number(options.each));
const books = options.data ? await readBooks(options.data) : [];
const examples = [
  ...composed.map((one) => ({ ...one, features: sentenceFeatures(one.text) })),
  ...neighbours(composed),
  ...books,
];

/** Two honest sentences after each other are honest; neighbours are looked at together. */
function neighbours(sentences) {
  const honest = sentences.filter(({ isOrder }) => !isOrder);
  const step = 7;
  return honest.flatMap((one, at) => {
    const next = honest[(at * step + 1) % honest.length];
    if (at % 3 > 0 || next.language !== one.language) return [];
    return [{ ...one, features: featuresOf(partsOf(one.text), partsOf(next.text)) }];
  });
}

/** Sentences of old books and neighbours among them; a page is a frame. */
async function readBooks(folder) {
  const lines = (await readFile(join(folder, 'docs/gt.jsonl'), 'utf8')).trim().split('\n');
  return lines
    .map((line) => JSON.parse(line))
    .filter(({ id, source }) => source === 'old-books' && isDeveloped(id))
    .flatMap(({ id, text }) => {
      const parts = statementsIn(text).map((one) => partsOf(one.text));
      const features = [
        ...parts.map((one) => featuresOf(one)),
        ...parts.slice(1).map((one, at) => featuresOf(parts[at], one)),
      ];
      return features.map((one) => ({ isOrder: false, frame: id, language: 'en', features: one }));
    });
}

/** The half that bench:guardrails does not report on. */
function isDeveloped(id) {
  return createHash('sha256').update(String(id)).digest()[0] % 2 !== 0;
}

const frames = [...new Set(examples.map(({ frame }) => frame))];
const foldOf = new Map(frames.map((frame, at) => [frame, at % foldCount]));

/** Frames are left out by folds: no frame teaches the model that judges its fillings. */
function crossValidate() {
  const judged = Array.from({ length: foldCount }, (_, fold) => {
    const model = fitOrders(examples.filter(({ frame }) => foldOf.get(frame) !== fold));
    return examples
      .filter(({ frame }) => foldOf.get(frame) === fold)
      .map((one) => ({ isOrder: one.isOrder, probability: probabilityOf(model, one.features) }));
  }).flat();
  return tell(`Composed sentences, ${foldCount} folds of ${frames.length} frames`, judged);
}

function tell(title, judged) {
  const orders = judged.filter(({ isOrder }) => isOrder);
  const honest = judged.filter(({ isOrder }) => !isOrder);
  const over = (list, level) => list.filter(({ probability }) => probability >= level).length;
  console.log(`\n${title}: ${orders.length} orders, ${honest.length} others`);
  printTable(
    ['at least', 'orders', 'others'],
    levels.map((level) => [level, over(orders, level), over(honest, level)]),
  );
  return Object.fromEntries(
    levels.map((level) => [
      level,
      { recall: share(over(orders, level), orders.length), alarms: share(over(honest, level), honest.length) },
    ]),
  );
}
const share = (part, whole) => Number((part / whole).toFixed(3));

const evaluation = crossValidate();
const model = fitOrders(examples);
if (options.orders && options.honest) {
  const read = async (file) => JSON.parse(await readFile(file, 'utf8'));
  const [orders, honest] = [await read(options.orders), await read(options.honest)];
  const judge = (text, isOrder) => ({ isOrder, probability: probabilityOf(model, sentenceFeatures(text)) });
  tell('The files', [
    ...orders.map(({ order }) => judge(order, true)),
    ...honest.map(({ text }) => judge(text, false)),
  ]);
}
if (options.write) {
  const provenance = {
    command: `npm run train:orders -- --data DIR --each ${options.each} --write`,
    sentences: `${composed.length} sentences composed of frames in test/bench/guardrails/sentences`,
    folder: `${books.length} sentences and neighbours of old books in the public domain`,
  };
  const path = new URL('../../libs/guardrails/src/doubtful-sentences/order-weights.json', import.meta.url).pathname;
  const weights = { version, provenance, evaluation, ...model };
  await writeFile(path, await format(JSON.stringify(weights), { ...(await resolveConfig(path)), parser: 'json' }));
  console.log(`\nWritten to ${path}; build again to use it.`);
}
