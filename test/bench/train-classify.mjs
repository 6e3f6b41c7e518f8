/**
 * Teaches the classifier what pages look like and what their words tell, and measures it on pages it has not seen.
 *
 *   npm run train:classify -- [--data DIR] [--drawn 160] [--examples FILE] [--write]
 *
 * Examples are pages that our own code draws, `--drawn` of every kind, and the looks of documents in DIR (gt.jsonl and
 * the files) whose licence allows fitting; receipts and forms of DIR have no part in it. The words teach from drawn
 * pages alone. `--examples` keeps the drawn examples' features in a file, because drawing takes minutes. `--write`
 * replaces libs/classification/src/kind-weights.json. Needs the built project.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
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
import { readOptions } from './report.mjs';

/** Kinds whose documents are for research only. */
const neverFitted = ['receipt', 'form'];
/** A page of a PDF with tables is one of a table when tables cover this share of it, and one of text without any. */
const tableShare = 0.12;
const foldCount = 5;
const shrinkage = 0.001;
/** Nobody's receipts and forms teach but drawn ones, so these count for more. */
const drawnWeights = { receipt: 3, form: 3, invoice: 1.5 };
/** Text and tables of DIR are taught much like the drawn ones, beside receipts and forms that are not taught at all. */
const folderWeights = { text: 0.2, table: 0.2 };
const trustInWords = 0.5;
const roundSize = 120;

const options = readOptions({
  drawn: { type: 'string', default: '160' },
  examples: { type: 'string' },
  write: { type: 'boolean', default: false },
});
const drawn = await drawnExamples(Number(options.drawn));
const documents = options.data ? await readDocuments(options.data) : [];
const version = 1;
const evaluation = options.data ? crossValidate() : {};
if (options.write) await write();

async function drawnExamples(each) {
  const kept = options.examples && (await readFile(options.examples, 'utf8').catch(() => undefined));
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
  if (options.examples) await writeFile(options.examples, JSON.stringify(examples));
  return examples;
}

/** The looks of labelled documents, with the kind of each page where it may teach. */
async function readDocuments(folder) {
  const corpus = openCorpus({ folder });
  const read = [];
  for (const truth of await readTruths(folder)) {
    const { mediaType, pages } = await corpus.read(truth, 'nothing');
    const taught = pages.map(({ look, area }, at) => ({
      look: lookFeatures(look),
      kind: kindOfPage(truth, at + 1, area),
    }));
    read.push({ id: truth.id, kind: truth.kind, class: truth.class, source: truth.source, mediaType, pages: taught });
  }
  await corpus.close();
  return read;
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

function fitLooks(teachers) {
  const taught = teachers.flatMap(({ pages }) =>
    pages.flatMap(({ kind, look }) => (kind ? [{ kind, features: look }] : [])),
  );
  const own = drawn.map(({ kind, look }) => ({ kind, features: look }));
  const examples = [...evenlyWeighted(own, drawnWeights), ...evenlyWeighted(taught, folderWeights)];
  return fitKinds(examples, pageKinds, { shrinkage, version });
}

function fitWords() {
  const read = drawn.flatMap(({ kind, words }) => (words ? [{ kind, features: words }] : []));
  return fitKinds(evenlyWeighted(read, {}), pageKinds, { shrinkage, version });
}

/** Documents are left out by folds, then by source: a document never teaches the model that judges it. */
function crossValidate() {
  const sources = [...new Set(documents.map(({ source }) => source))];
  const random = new SeededRandom(5);
  const fold = new Map(documents.map(({ id }) => [id, random.whole(0, foldCount - 1)]));
  return {
    drawnOnly: judge('taught by drawn pages alone', () => 0, []),
    byFold: judge(`${foldCount} folds of documents`, ({ id }) => fold.get(id)),
    bySource: judge('every source left out in turn', ({ source }) => sources.indexOf(source)),
  };
}

function judge(title, groupOf, teachers = documents) {
  const groups = [...new Set(documents.map(groupOf))];
  const pairs = groups.flatMap((group) => {
    const model = fitLooks(teachers.filter((document) => groupOf(document) !== group));
    return documents
      .filter((document) => groupOf(document) === group)
      .map((document) => {
        const named = document.pages.map(({ look }) =>
          namePage(probabilitiesOf(model, look), { stage: 'look', version }),
        );
        return { document, predicted: predict(named, document.mediaType) };
      });
  });
  const pairOf = (level) =>
    pairs.map(({ document, predicted }) => ({ truth: document[level], predicted: predicted[level] }));
  const scores = ['class', 'kind'].map((level) => printConfusion(`Looks, ${title}, ${level}`, pairOf(level)).macroF1);
  const [classMacroF1, kindMacroF1] = scores.map((score) => Number(score.toFixed(3)));
  return { documents: pairs.length, classMacroF1, kindMacroF1 };
}

async function write() {
  const sources = [
    ...new Set(documents.filter(({ pages }) => pages.some(({ kind }) => kind)).map(({ source }) => source)),
  ];
  const provenance = {
    command: `npm run train:classify -- --data DIR --drawn ${options.drawn} --write`,
    drawn: `${drawn.length} pages drawn by test/bench/classify`,
    looks: sources,
    neverFitted,
  };
  const weights = { version, provenance, evaluation, trustInWords, look: fitLooks(documents), words: fitWords() };
  const path = new URL('../../libs/classification/src/kind-weights.json', import.meta.url).pathname;
  await writeFile(path, await format(JSON.stringify(weights), { ...(await resolveConfig(path)), parser: 'json' }));
  console.log(`\nWritten to ${path}; build again to use it.`);
}
