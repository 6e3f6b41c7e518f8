/**
 * Fits the weights that turn evidence into confidence, on receipts and invoices that libs/samples invents and reads
 * with simulated slips, and writes them to libs/extraction/src/calibration-data.ts.
 *
 *   npm run build && node test/bench/bench-extract-fit.mjs [--documents 1200] [--write]
 *
 * Prints how the confidences hold on invented documents that had no part in the fit.
 */
import { writeFile } from 'node:fs/promises';
import { calibrationData } from '../../dist/libs/extraction/src/calibration-data.js';
import { judgeDocument } from '../../dist/libs/extraction/src/index.js';
import { layOutPage } from '../../dist/libs/document-layout/src/index.js';
import { inventDocument } from '../../dist/libs/samples/src/index.js';
import { format, resolveConfig } from 'prettier';
import { printReliability } from './extract-scores.mjs';
import { readOptions } from './report.mjs';

const options = readOptions({
  documents: { type: 'string', default: '1200' },
  write: { type: 'boolean', default: false },
});
const count = Number(options.documents);
const slipShares = [0, 0.02, 0.05, 0.1, 0.2];
const features = ['label', 'reading', 'agreement', 'margin', 'form'];
const mostExamples = 4_000;
const rounds = 2_000;
const rate = 1.5;
const shrinkage = 0.0005;
/** The seeds of the documents that check the fit lie far from those that made it. */
const checkSeeds = 1_000_000;

/** Every value found in documents of these seeds: its evidence and whether it is right. */
async function judgedFields(firstSeed, documents) {
  const fields = [];
  for (let at = 0; at < documents; at += 1) {
    const { pages, expected } = await inventDocument(firstSeed + at, slipShares[at % slipShares.length]);
    const layouts = pages.map((page, index) => layOutPage(readingOf(page, index + 1)));
    const { fields: found } = judgeDocument(layouts, expected.kind);
    for (const { path, value, judged } of found) {
      const truth = valueAt(expected.values, path);
      if (!judged || truth === undefined) continue;
      fields.push({ ...judged, right: folded(value) === folded(truth) });
    }
  }
  return fields;
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

/**
 * Logistic regression by gradient descent with a little shrinkage. No evidence may count against a value, so that more
 * of it never lowers a confidence.
 */
function fit(all) {
  const every = Math.ceil(all.length / mostExamples);
  const examples = all.filter((_, at) => at % every === 0);
  const width = features.length + 1;
  const inputs = Float64Array.from(examples.flatMap(({ evidence }) => [1, ...features.map((name) => evidence[name])]));
  const weights = new Float64Array(width).fill(0.5);
  for (let round = 0; round < rounds; round += 1) {
    const gradient = new Float64Array(width);
    for (let row = 0; row < examples.length; row += 1) {
      let sum = 0;
      for (let at = 0; at < width; at += 1) sum += weights[at] * inputs[row * width + at];
      const error = 1 / (1 + Math.exp(-sum)) - (examples[row].right ? 1 : 0);
      for (let at = 0; at < width; at += 1) gradient[at] += error * inputs[row * width + at];
    }
    for (let at = 0; at < width; at += 1) {
      const step = weights[at] - rate * (gradient[at] / examples.length + (at > 0 ? shrinkage * weights[at] : 0));
      weights[at] = at > 0 ? Math.max(0, step) : step;
    }
  }
  const [bias, ...slopes] = Array.from(weights, (value) => Math.round(value * 100) / 100);
  return { bias, ...Object.fromEntries(features.map((name, at) => [name, slopes[at]])) };
}

async function write(fittedWeights) {
  const file = new URL('../../libs/extraction/src/calibration-data.ts', import.meta.url);
  const source = `import type { EvidenceKind } from './finding.js';

type Weights = Record<'bias' | 'label' | 'reading' | 'agreement' | 'margin' | 'form', number>;

/**
 * Weights of the evidence, written by test/bench/bench-extract-fit.mjs. Fitted on ${count} receipts and invoices that
 * libs/samples invents and reads with simulated slips; no other document has a part in them. \`pattern\` takes the
 * weights of \`labelled\`.
 */
export const calibrationData: { readonly version: number; readonly weights: Readonly<Record<EvidenceKind, Weights>> } = {
  version: ${calibrationData.version + 1},
  weights: ${JSON.stringify(fittedWeights)},
};
`;
  const path = file.pathname;
  await writeFile(path, await format(source, { ...(await resolveConfig(path)), parser: 'typescript' }));
  console.log(`Written to ${path}; build again to use it.`);
}

const fitted = await judgedFields(1, count);
const weights = {};
for (const kind of Object.keys(calibrationData.weights)) {
  // Texts of a known form are not among the invented truths; they are judged like labelled ones.
  const examples = fitted.filter((field) => field.kind === (kind === 'pattern' ? 'labelled' : kind));
  weights[kind] = fit(examples);
  console.log(kind, examples.length, JSON.stringify(weights[kind]));
}
const held = await judgedFields(checkSeeds, Math.ceil(count / 3));
const probability = ({ kind, evidence }) => {
  const { bias, ...slopes } = weights[kind];
  return 1 / (1 + Math.exp(-features.reduce((sum, name) => sum + slopes[name] * evidence[name], bias)));
};
printReliability(
  'Invented documents that had no part in the fit',
  held.map((field) => ({ confidence: probability(field), right: field.right })),
);
if (options.write) await write(weights);
