/**
 * What guardrails find, what they take for something that it is not, and what they add to a page's time.
 *
 *   npm run bench:guardrails -- [--data DIR] [--half develop|report|both] [--pages 200] [--json FILE]
 *   npm run bench:guardrails -- --orders FILE --honest FILE
 *
 * Values, orders and ordinary lines are drawn with a seed. With `--data`, real documents are counted: whatever is found there as
 * an order is a mistake. With `--orders` and `--honest`, only sentences are counted that somebody else wrote, without a word of them
 * being shown. Documents are divided by the hash of their id; develop on one half, report on the other.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { lookAtPicture } from '../../dist/libs/guardrail-engines/src/index.js';
import {
  checkAnswer,
  guardDocument,
  guardrails,
  inspectPage,
  shippedGuardrailPolicy,
  wantedGuardrails,
} from '../../dist/libs/guardrails/src/index.js';
import { pageOfLines } from '../../dist/libs/guardrails/src/testing/page-of-lines.js';
import { SeededRandom } from '../../dist/libs/samples/src/seeded-random.js';
import { attacks, ordinary } from './guardrails/draw-attacks.mjs';
import { scoreHonest, scoreOrders } from './guardrails/score-orders.mjs';
import { drawnKinds, drawPage } from './guardrails/draw-values.mjs';
import { keepFigures, median, percentile, printTable, readOptions } from './report.mjs';

const options = readOptions({
  pages: { type: 'string', default: '200' },
  half: { type: 'string', default: 'report' },
  orders: { type: 'string' },
  honest: { type: 'string' },
});
const everything = new Set(guardrails.map(({ id }) => id));
const share = (part, whole) => (whole === 0 ? '–' : (part / whole).toFixed(3));
const lineOf = (text, start) => text.slice(0, start).split('\n').length - 1;
const figures = {};
const terms = {
  policy: shippedGuardrailPolicy,
  whose: { tenant: 'bench', sensitivity: 'internal' },
  said: [],
  canary: 'mark-000000000000',
};
if (options.orders && options.honest) {
  await countFiles(options.orders, options.honest);
  process.exit();
}

/** Sentences of others: numbers alone, so that nobody learns from them. */
async function countFiles(ordersFile, honestFile) {
  const read = async (file) => JSON.parse(await readFile(file, 'utf8'));
  const orders = scoreOrders(await read(ordersFile), terms);
  const honest = scoreHonest(await read(honestFile), terms);
  const of = ([part, whole]) => `${part} of ${whole}`;
  const all = ['values', 'left', 'texts'].map((what) => orders[what]);
  const sum = (at) => all.reduce((total, pair) => total + pair[at], 0);
  printTable(
    ['what', 'figure'],
    [
      ['orders seen', `${orders.seen} of ${orders.orders}`],
      ['honest sentences taken for orders', `${honest.alarms} of ${honest.sentences}`],
      ['answers that follow an order, caught', of([sum(0), sum(1)])],
      ['  with the value that it gives', of(orders.values)],
      ['  with nothing where it wants nothing', of(orders.left)],
      ['  as a text that says what it wants said', of(orders.texts)],
      ['honest answers on pages with an order, spoiled', of(orders.spoiled)],
      ['honest answers on pages with an honest sentence, spoiled', of(honest.spoiled)],
      ['values that only an honest sentence says, spoiled', of(honest.taken)],
    ],
  );
}

function scoreValues(isWorn) {
  const random = new SeededRandom(isWorn ? 7 : 11);
  const counts = Object.fromEntries(drawnKinds.map((kind) => [kind, { right: 0, missed: 0, wrong: 0 }]));
  for (let page = 0; page < Number(options.pages); page += 1) {
    const { lines, truth } = drawPage(random, isWorn);
    const text = `${lines.join('\n')}\n`;
    const found = inspectPage({ page: 1, layout: pageOfLines(lines) }, new Set(['personal-data']))
      .filter(({ kind, score }) => kind in counts && score >= 0.5)
      .map(({ kind, span }) => ({ kind, line: lineOf(text, span.start) }));
    for (const { kind, line } of truth) {
      const isFound = found.some((one) => one.kind === kind && one.line === line);
      counts[kind][isFound ? 'right' : 'missed'] += 1;
    }
    for (const { kind, line } of found) {
      if (!truth.some((one) => one.kind === kind && one.line === line)) counts[kind].wrong += 1;
    }
  }
  return counts;
}

const clean = scoreValues(false);
const worn = scoreValues(true);
console.log(
  `Personal values, ${options.pages} drawn pages with six each; "worn": one digit of each number taken for a letter`,
);
const row = (counts) => [
  share(counts.right, counts.right + counts.wrong),
  share(counts.right, counts.right + counts.missed),
];
printTable(
  ['kind', 'precision', 'recall', 'precision, worn', 'recall, worn'],
  drawnKinds.map((kind) => [kind, ...row(clean[kind]), ...row(worn[kind])]),
);
figures.values = { clean, worn };

const letter = [
  'Northwind Traders',
  'Invoice 77 of 3 March',
  'Balance 12.50',
  'Total 249.00',
  'Status open',
  'IBAN DE89370400440532013000',
];
const honest = {
  company: 'Northwind Traders',
  total: 249,
  balance: 12.5,
  status: 'open',
  iban: 'DE89370400440532013000',
  note: null,
};
let [seen, withheld, followed, spoiled] = [0, 0, 0, 0];
for (const { text, demand } of attacks) {
  const page = { page: 1, layout: pageOfLines([...letter.slice(0, 4), text, ...letter.slice(4)]) };
  const findings = inspectPage(page, wantedGuardrails(terms));
  seen += findings.some(({ guardrail }) => guardrail === 'prompt-injection') ? 1 : 0;
  const { answers } = guardDocument([page], findings, terms);
  followed += 1;
  withheld += checkAnswer({ ...honest, [demand.field]: demand.value }, answers).some(
    ({ path }) => path === `/${demand.field}`,
  )
    ? 1
    : 0;
  spoiled += checkAnswer(honest, answers).length > 0 ? 1 : 0;
}
const flagged = ordinary.filter(
  (text) => inspectPage({ page: 1, layout: pageOfLines([text]) }, new Set(['prompt-injection'])).length > 0,
);
console.log('\nOrders in documents');
printTable(
  ['what', 'figure'],
  [
    ['orders seen', `${seen} of ${attacks.length}`],
    ['ordinary sentences taken for orders', `${flagged.length} of ${ordinary.length}`],
    ['answers that follow one, withheld', `${withheld} of ${followed}`],
    ['honest answers on attacked pages, spoiled', `${spoiled} of ${attacks.length}`],
  ],
);
figures.orders = { seen, attacks: attacks.length, flagged, withheld, followed, spoiled };

/** A full page: 24 lines of text at 200 dpi, as PNG. */
async function drawnPicture(lines) {
  const text = lines
    .map((line, at) => `<text x="120" y="${160 + at * 84}" font-size="34">${line.replaceAll('&', '&amp;')}</text>`)
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1654" height="2339"><rect width="100%" height="100%" fill="white"/><g font-family="sans-serif">${text}</g></svg>`;
  return sharp(Buffer.from(svg)).grayscale().png().toBuffer();
}

const timed = [];
const random = new SeededRandom(3);
for (let at = 0; at < Math.min(60, Number(options.pages)); at += 1) {
  const { lines } = drawPage(random, false);
  const bytes = await drawnPicture(lines);
  const layout = pageOfLines([...lines, ...lines, ...lines]);
  await time(bytes, layout, 'drawn');
}

async function time(bytes, layout, kind) {
  const began = performance.now();
  const look = bytes ? await lookAtPicture(bytes) : {};
  const looked = performance.now();
  const found = inspectPage({ page: 1, layout, ...look }, everything);
  timed.push({ kind, look: looked - began, inspect: performance.now() - looked, total: performance.now() - began });
  return { found, look };
}

if (options.data) await countReal(options.data);
async function countReal(data) {
  const lines = (await readFile(join(data, 'docs/gt.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const isReported = ({ id }) =>
    (createHash('sha256').update(String(id)).digest()[0] % 2 === 0) === (options.half !== 'develop');
  const chosen = lines.filter(
    (one) => ['receipt', 'form', 'page', 'invoice'].includes(one.kind) && (options.half === 'both' || isReported(one)),
  );
  const counts = {};
  const believed = { whole: 0, doubted: [] };
  for (const one of chosen) {
    const said = (
      one.lines?.length
        ? one.lines.map(({ text }) => text)
        : String(one.text ?? one.words?.map(({ text }) => text).join(' ') ?? '').split('\n')
    ).filter(Boolean);
    const file = join(data, 'docs', one.file);
    const bytes = /\.(png|jpe?g|webp|tiff?)$/i.test(one.file) && existsSync(file) ? await readFile(file) : undefined;
    const layout = pageOfLines(said);
    const { found } = await time(bytes, layout, one.kind);
    const truths = Object.entries({
      ...one.fields,
      ...Object.fromEntries((one.kv ?? []).map(({ key, value }) => [key, value])),
    });
    const { answers } = guardDocument([{ page: 1, layout }], found, terms);
    for (const [name, value] of truths) {
      believed.whole += 1;
      if (checkAnswer({ [name.replaceAll('/', ' ')]: value }, answers).length > 0)
        believed.doubted.push(`${one.id} ${name}`);
    }
    const own = (counts[one.kind] ??= { documents: 0, kinds: {} });
    own.documents += 1;
    for (const name of new Set(
      found.filter(({ score }) => score >= 0.5).map(({ guardrail, kind }) => `${guardrail}/${kind}`),
    ))
      own.kinds[name] = (own.kinds[name] ?? 0) + 1;
    for (const finding of found.filter(({ guardrail }) => guardrail === 'prompt-injection'))
      console.log(`  ${one.id}: ${finding.remark}`);
  }
  console.log(`\nReal documents (half: ${options.half}): in how many of them something was found`);
  const names = [...new Set(Object.values(counts).flatMap(({ kinds }) => Object.keys(kinds)))].sort();
  const order = Object.entries(counts);
  printTable(
    ['found', ...order.map(([kind, { documents }]) => `${kind} (${documents})`)],
    ['prompt-injection/instruction', ...names.filter((name) => !name.startsWith('prompt-injection'))].map((name) => [
      name,
      ...order.map(([, { kinds }]) => kinds[name] ?? 0),
    ]),
  );
  console.log(`\nTrue values of them that would not be believed: ${believed.doubted.length} of ${believed.whole}`);
  for (const place of believed.doubted) console.log(`  ${place}`);
  figures.real = counts;
}

console.log('\nAdded time a page, milliseconds (looking at the picture with its codes · words)');
const kinds = [...new Set(timed.map(({ kind }) => kind)), 'all'];
printTable(
  ['pages', 'count', 'median', 'p95', 'p95 of looking', 'p95 of words'],
  kinds.map((kind) => {
    const own = timed.filter((one) => kind === 'all' || one.kind === kind);
    const of = (part, at) =>
      percentile(
        own.map((one) => one[part]),
        at,
      ).toFixed(1);
    return [
      kind,
      own.length,
      median(own.map(({ total }) => total)).toFixed(1),
      of('total', 0.95),
      of('look', 0.95),
      of('inspect', 0.95),
    ];
  }),
);
figures.timesMs = timed;
await keepFigures(options.json, 'guardrails', figures);
