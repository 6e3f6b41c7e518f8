/**
 * Teaches the classifier what pages look like and what their words tell, and measures it on pages it has not seen.
 *
 *   npm run train:classify -- [--data DIR] [--drawn 160] [--kept FOLDER] [--write]
 *
 * Examples are pages that our own code draws, `--drawn` of every kind, and documents in DIR (gt.jsonl and the files) whose
 * licence allows fitting, as they look and as the engine reads them; receipts and forms of DIR have no part in it. Nothing is
 * random: the same files, code and engine give the same weights, byte for byte. Drawing and reading take minutes, so `--kept`
 * (.waybill/bench-readings) keeps what was drawn and read, under a hash of the code that does it. `--write` replaces
 * libs/classification/src/kind-weights.json. Needs the built project.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { readFeatures } from '../../dist/libs/classification/src/classify-page.js';
import { layoutFeatures } from '../../dist/libs/classification/src/layout-features.js';
import { lookFeatures } from '../../dist/libs/classification/src/look-features.js';
import { probabilitiesOf } from '../../dist/libs/classification/src/kind-model.js';
import { namePage } from '../../dist/libs/classification/src/name-page.js';
import { pageKinds } from '../../dist/libs/contracts/src/index.js';
import { SeededRandom } from '../../dist/libs/samples/src/seeded-random.js';
import { drawExamples } from './classify/draw-examples.mjs';
import { evenlyWeighted, fitKinds } from './classify/fit-kinds.mjs';
import { openCorpus, readTruths } from './classify/read-corpus.mjs';
import { wordFeatures } from './classify/read-drawn.mjs';
import { predict, printConfusion } from './classify/score-kinds.mjs';
import { hashOfCode, usualKeptFolder } from './document-reader.mjs';
import { readOptions } from './report.mjs';

/** Kinds whose documents are for research only. */
const neverFitted = ['receipt', 'form'];
/** A page of a PDF with tables is one of a table when tables cover this share of it, and one of text without any. */
const tableShare = 0.12;
/** Many, so that what judges a document is taught by nearly as much as the weights that are kept. */
const foldCount = 10;
/** Of .01, .003, .001, .0003 and .0001 the best for the class, over three divisions into five folds: .949, .942 at .001; kinds .900 and .905. */
const shrinkage = 0.0003;
/** Nobody's receipts and forms teach but drawn ones, so these count for more. */
const drawnWeights = { receipt: 3, form: 3, invoice: 1.5 };
/**
 * Text and tables of DIR are taught much like the drawn ones, beside receipts and forms that are not taught at all; real photographs are
 * unlike what is drawn for them.
 */
const folderWeights = { text: 0.2, table: 0.2, photo: 3 };
const roundSize = 120;
/** What drawn examples depend on. */
const drawingCode = [
  './classify',
  ...['classification', 'document-layout', 'documents', 'samples'].map((room) => `../../dist/libs/${room}`),
].map((folder) => new URL(folder, import.meta.url).pathname);

/** Features of a page at each stage. A page without words teaches that, too: there is nothing to read on a photograph. */
const stages = {
  look: ({ look }) => look,
  read: ({ look, words }) => readFeatures(look, words ?? noWords),
};

const fitted = new Map();
const options = readOptions({
  drawn: { type: 'string', default: '160' },
  kept: { type: 'string', default: usualKeptFolder },
  write: { type: 'boolean', default: false },
});
const drawn = await drawnExamples(Number(options.drawn));
const wordNames = Object.keys(drawn.find(({ words }) => words).words);
const noWords = Object.fromEntries(wordNames.map((name) => [name, 0]));
const { reader, documents } = options.data ? await readDocuments(options.data) : { documents: [] };
const version = 4;
const evaluation = options.data ? crossValidate() : {};
if (options.write) await write();

async function drawnExamples(each) {
  const file = join(options.kept, `drawn-${each}-${await hashOfCode(drawingCode)}.json`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return JSON.parse(kept);
  const examples = [];
  for (let [seed, left] = [1, each]; left > 0; seed += 2, left -= roundSize) {
    const random = new SeededRandom(seed * 7);
    for (const { kind, look, page } of await drawExamples(seed, Math.min(left, roundSize))) {
      const words = wordFeatures(page, random);
      examples.push({ kind, look: lookFeatures(look), ...(words ? { words } : {}) });
    }
    process.stderr.write(`\r${examples.length} drawn`);
  }
  process.stderr.write('\n');
  await mkdir(options.kept, { recursive: true });
  await writeFile(file, JSON.stringify(examples));
  return examples;
}

/** What the pages of labelled documents look like and what was read on them, with the kind of each page where it may teach. */
async function readDocuments(folder) {
  const corpus = await openCorpus({ folder, keptIn: options.kept });
  const read = [];
  for (const truth of await readTruths(folder)) {
    const { mediaType, pages } = await corpus.read(truth, 'everything');
    const taught = pages.map(({ look, area, layout }, at) => ({
      look: lookFeatures(look),
      ...(layout.words.length > 0 ? { words: layoutFeatures(layout) } : {}),
      kind: kindOfPage(truth, at + 1, area),
    }));
    read.push({ id: truth.id, kind: truth.kind, class: truth.class, source: truth.source, mediaType, pages: taught });
  }
  await corpus.close();
  return { reader: corpus.engine, documents: read };
}

function kindOfPage({ kind, tables = [] }, page, area) {
  if (neverFitted.includes(kind)) return undefined;
  if (kind === 'page') return 'text';
  if (kind !== 'pdf-table') return kind;
  const covered = tables
    .filter((table) => table.page === page)
    .reduce((sum, { bbox: [x0, y0, x1, y1] }) => sum + Math.abs((x1 - x0) * (y1 - y0)), 0);
  return covered === 0 ? 'text' : covered / area > tableShare ? 'table' : undefined;
}

/** Leaving out what never teaches leaves the same teachers: they are asked once. */
function fitStages(teachers) {
  const taught = teachers.filter(({ pages }) => pages.some(({ kind }) => kind));
  const key = taught.map(({ id }) => id).join(' ');
  if (!fitted.has(key)) fitted.set(key, { look: fitStage(stages.look, taught), read: fitStage(stages.read, taught) });
  return fitted.get(key);
}

function fitStage(featuresOf, teachers) {
  const examplesOf = (pages) =>
    pages.flatMap((page) => (page.kind ? [{ kind: page.kind, features: featuresOf(page) }] : []));
  const taught = examplesOf(teachers.flatMap(({ pages }) => pages));
  const examples = [...evenlyWeighted(examplesOf(drawn), drawnWeights), ...evenlyWeighted(taught, folderWeights)];
  return fitKinds(examples, pageKinds, { shrinkage, version });
}

/** Documents are left out by folds, then by source: a document never teaches the model that judges it. */
function crossValidate() {
  const sources = [...new Set(documents.map(({ source }) => source))];
  const random = new SeededRandom(5);
  const fold = new Map(documents.map(({ id }) => [id, random.whole(0, foldCount - 1)]));
  return {
    drawnOnly: judge('Taught by drawn pages alone', () => 0, []),
    byFold: judge(`${foldCount} folds of documents`, ({ id }) => fold.get(id)),
    bySource: judge('Every source left out in turn', ({ source }) => sources.indexOf(source)),
  };
}

function judge(title, groupOf, teachers = documents) {
  const groups = [...new Set(documents.map(groupOf))];
  const judged = groups.flatMap((group) => {
    const models = fitStages(teachers.filter((document) => groupOf(document) !== group));
    process.stderr.write(`\r${title}: ${groups.indexOf(group) + 1} of ${groups.length}  `);
    return documents
      .filter((document) => groupOf(document) === group)
      .map((document) => ({
        document,
        look: predictBy(models, document, 'look'),
        read: predictBy(models, document, 'read'),
      }));
  });
  const scoreOf = (stage, level) => {
    const pairs = judged.map((one) => ({ truth: one.document[level], predicted: one[stage][level] }));
    const sight = stage === 'look' ? 'at first sight' : 'after reading';
    return Number(printConfusion(`${title}, ${level} ${sight}`, pairs).macroF1.toFixed(3));
  };
  const scores = (stage) => ({ classMacroF1: scoreOf(stage, 'class'), kindMacroF1: scoreOf(stage, 'kind') });
  return { documents: judged.length, look: scores('look'), read: scores('read') };
}

/** As the product does: a page without words keeps what it looks like. */
function predictBy(models, { pages, mediaType }, last) {
  const named = pages.map((page) => {
    const stage = last === 'read' && page.words ? 'read' : 'look';
    return namePage(probabilitiesOf(models[stage], stages[stage](page)), { stage, version });
  });
  return predict(named, mediaType);
}

async function write() {
  const sources = [
    ...new Set(documents.filter(({ pages }) => pages.some(({ kind }) => kind)).map(({ source }) => source)),
  ];
  const provenance = {
    command: `npm run train:classify -- --data DIR --drawn ${options.drawn} --write`,
    drawn: `${drawn.length} pages drawn by test/bench/classify`,
    folder: sources,
    reader,
    neverFitted,
  };
  const weights = { version, provenance, evaluation, ...fitStages(documents) };
  const path = new URL('../../libs/classification/src/kind-weights.json', import.meta.url).pathname;
  await writeFile(path, await format(JSON.stringify(weights), { ...(await resolveConfig(path)), parser: 'json' }));
  console.log(`\nWritten to ${path}; build again to use it.`);
}
