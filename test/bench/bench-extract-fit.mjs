/**
 * Fits what turns evidence into confidence, on receipts and invoices that libs/samples invents, and writes it to
 * libs/extraction/src/calibration-data.ts. Most are pictured badly and read by the project's own OCR, so that slips are
 * those that happen; others are read with simulated slips.
 *
 *   npm run build && node test/bench/bench-extract-fit.mjs [--pictures 190] [--documents 60] [--write]
 *
 * Each third of the pictures is judged by curves that the other two taught: confidences of .9 and more are only given from
 * where on they are right there. Prints how the confidences hold on these. The curves written are taught by all.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { calibrationData } from '../../dist/libs/extraction/src/calibration-data.js';
import { inputsOf, mostLikely } from '../../dist/libs/extraction/src/calibrate.js';
import { judgeDocument } from '../../dist/libs/extraction/src/index.js';
import { layOutPage } from '../../dist/libs/document-layout/src/index.js';
import { inventDocument, inventPicture } from '../../dist/libs/samples/src/index.js';
import { format, resolveConfig } from 'prettier';
import { openReader } from './document-reader.mjs';
import { printReliability } from './extract-scores.mjs';
import { fitLogistic, fitReading } from './fit-curves.mjs';
import { readOptions } from './report.mjs';

const options = readOptions({
  pictures: { type: 'string', default: '190' },
  documents: { type: 'string', default: '60' },
  write: { type: 'boolean', default: false },
});
const pictureCount = Number(options.pictures);
const documentCount = Number(options.documents);
const slipShares = [0, 0.02, 0.05, 0.1];
/** Pictures are judged in turn by curves that the others taught. */
const folds = 3;
/** Of values called sure this share is to be right. */
const rightOfSure = 0.96;
const fewestSure = 5;
const clearest = 0.97;

/** The evidence of every value found, and whether it is right. */
function judgedFields(layouts, expected) {
  return judgeDocument(layouts, expected.kind).fields.flatMap(({ path, value, judged }) => {
    const truth = valueAt(expected.values, path);
    return judged && truth !== undefined ? [{ ...judged, right: folded(value) === folded(truth) }] : [];
  });
}

async function readPictures() {
  const reader = await openReader();
  const documents = [];
  let next = 1;
  const takeTurns = async () => {
    for (let seed = next++; seed <= pictureCount; seed = next++) {
      const { pages, words, expected } = await inventPicture(seed);
      try {
        const layouts = [];
        for (const page of pages) layouts.push(...(await reader.readDocument(page)));
        documents.push({ seed, layouts: layouts.map((one, at) => ({ ...one, page: at + 1 })), words, expected });
      } catch (error) {
        console.log(`Picture ${seed} is left out: ${error.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, takeTurns));
  await reader.close();
  return documents.sort((a, b) => a.seed - b.seed);
}

async function inventWithSlips() {
  const documents = [];
  for (let at = 0; at < documentCount; at += 1) {
    const { pages, expected } = await inventDocument(1 + at, slipShares[at % slipShares.length]);
    documents.push({ layouts: pages.map((page, index) => layOutPage(readingOf(page, index + 1))), expected });
  }
  return documents;
}

const fieldsOf = (documents) => documents.flatMap(({ layouts, expected }) => judgedFields(layouts, expected));

/** The curves that some pictures teach, beside what is read with simulated slips. Leaves their reading curve in place. */
function fit(seen) {
  const reading = fitReading(seen);
  Object.assign(calibrationData.reading, reading);
  const fields = [...fieldsOf(seen), ...fieldsOf(slips)];
  const weights = {};
  for (const kind of Object.keys(calibrationData.weights)) {
    // Texts of a known form are not among the invented truths; they are judged like labelled ones.
    const examples = fields.filter((field) => field.kind === (kind === 'pattern' ? 'labelled' : kind));
    weights[kind] = fitLogistic(examples.map(({ evidence, right }) => ({ inputs: inputsOf(evidence), right })));
  }
  return { reading, weights };
}

const readingOf = ({ width, height, words }, page) => ({
  ...{ document: 0, page, width, height, unit: 'pt', dpi: null, rotation: 0, skewDegrees: 0, source: 'ocr' },
  ...{ engine: { name: 'invented', version: '1' }, languages: ['eng'], words, remarks: [] },
});

const valueAt = (values, path) =>
  path
    .split('/')
    .slice(1)
    .reduce((at, part) => at?.[part], values);

const folded = (value) =>
  typeof value === 'string' ? value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') : JSON.stringify(value);

const probabilityOf = (weights, { kind, evidence }) => {
  const { bias, ...slopes } = weights;
  const inputs = inputsOf(evidence);
  const odds = Object.keys(slopes).reduce((sum, name) => sum + slopes[name] * inputs[name], bias);
  return mostLikely(kind, evidence, 1 / (1 + Math.exp(-odds)));
};

/**
 * The lowest probability from which on, of the values judged by the curves of others, the share that should be right is;
 * where there is none, only the clearest values are called sure.
 */
function sureFromOf(fields) {
  for (let from = 0.9; from < 0.99; from += 0.005) {
    const sure = fields.filter(({ probability }) => probability >= from);
    if (sure.length >= fewestSure && sure.filter(({ right }) => right).length >= rightOfSure * sure.length) {
      return Math.round(from * 1_000) / 1_000;
    }
  }
  return clearest;
}

async function write(data) {
  const path = new URL('../../libs/extraction/src/calibration-data.ts', import.meta.url).pathname;
  const source = `import type { EvidenceKind } from './finding.js';

type Weights = Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>;
type Knots = readonly (readonly [number, number])[];

/**
 * Curves of confidence, written by test/bench/bench-extract-fit.mjs. Fitted on ${pictureCount} receipts and invoices that
 * libs/samples invents, pictures badly, and that the project's own OCR reads, and on ${documentCount} that are read with
 * simulated slips; no other document has a part in them. \`pattern\` takes the weights of \`labelled\`.
 */
export const calibrationData: {
  readonly version: number;
  /** Share of words read right at an engine's confidence, as knots of a line; confirmed ones have more to speak for them. */
  readonly reading: Readonly<Record<'withDigits' | 'withoutDigits' | 'confirmed', Knots>>;
  /** A value with a lower probability is not called sure (.9): found on pictures judged by curves of other pictures. */
  readonly sureFrom: Readonly<Record<EvidenceKind, number>>;
  readonly weights: Readonly<Record<EvidenceKind, Weights>>;
} = ${JSON.stringify(data)};
`;
  await writeFile(path, await format(source, { ...(await resolveConfig(path)), parser: 'typescript' }));
  console.log(`Written to ${path}; build again to use it.`);
}

const cautious = ({ kind, probability }) => (probability >= 0.9 && probability < sureFrom[kind] ? 0.89 : probability);

const pictures = await readPictures();
const slips = await inventWithSlips();
const held = [];
for (let fold = 0; fold < folds; fold += 1) {
  const isHeld = ({ seed }) => seed % folds === fold;
  const own = fit(pictures.filter((one) => !isHeld(one)));
  // The evidence rests on the fold's own reading curve, which is still in place.
  for (const field of fieldsOf(pictures.filter(isHeld))) {
    const probability = probabilityOf(own.weights[field.kind], field);
    held.push({ kind: field.kind, right: field.right, evidence: field.evidence, probability });
  }
}
const { reading, weights } = fit(pictures);
console.log('reading', JSON.stringify(reading));
for (const [kind, own] of Object.entries(weights)) console.log(kind, JSON.stringify(own));
const sureFrom = Object.fromEntries(
  Object.keys(weights).map((kind) => {
    const asked = kind === 'pattern' ? 'labelled' : kind;
    return [kind, sureFromOf(held.filter((field) => field.kind === asked))];
  }),
);
console.log('sure from', JSON.stringify(sureFrom));
printReliability(
  'Invented pictures, each judged by curves that it had no part in',
  held.map((field) => ({ confidence: cautious(field), right: field.right })),
);
if (options.write) await write({ version: calibrationData.version + 1, reading, sureFrom, weights });
