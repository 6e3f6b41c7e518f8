/** Confusion matrices and macro F1 of predicted labels, and how pages become one answer for a labelled document. */
import { printTable } from '../report.mjs';
import { nameDocument } from '../../../dist/libs/classification/src/index.js';

/** The labels of the measured data for our kinds; in PDFs a table is one of a document, else a picture of one. */
const labelOfKind = { text: 'page' };
export const labelOf = (kind, mediaType) =>
  kind === 'table' && mediaType === 'application/pdf' ? 'pdf-table' : (labelOfKind[kind] ?? kind);

/** What a document is predicted to be, from the classifications of its pages in order. */
export function predict(classifications, mediaType) {
  const sums = {};
  for (const { class: name, kinds } of classifications) sums[name] = (sums[name] ?? 0) + 1 + kinds[0].probability;
  const [name] = Object.entries(sums).sort(([, one], [, other]) => other - one)[0] ?? ['dense'];
  return { class: name, kind: labelOf(nameDocument(classifications), mediaType) };
}

/** Precision, recall and F1 of each label, and their mean F1 over the labels that the truth has. */
export function scoreLabels(pairs) {
  const labels = [...new Set(pairs.flatMap(({ truth, predicted }) => [truth, predicted]))].sort();
  const count = (holds) => pairs.filter(holds).length;
  const scores = labels.map((label) => {
    const hits = count(({ truth, predicted }) => truth === label && predicted === label);
    const [there, told] = [count(({ truth }) => truth === label), count(({ predicted }) => predicted === label)];
    return {
      label,
      documents: there,
      precision: hits / Math.max(1, told),
      recall: hits / Math.max(1, there),
      f1: (2 * hits) / Math.max(1, there + told),
    };
  });
  const real = scores.filter(({ documents }) => documents > 0);
  return {
    macroF1: real.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, real.length),
    accuracy: count(({ truth, predicted }) => truth === predicted) / Math.max(1, pairs.length),
    scores,
  };
}

/** Prints which labels were taken for which: a row for each true label. */
export function printConfusion(title, pairs) {
  const { macroF1, accuracy, scores } = scoreLabels(pairs);
  console.log(`\n${title}: macro F1 ${macroF1.toFixed(3)}, accuracy ${accuracy.toFixed(3)}, ${pairs.length} documents`);
  const labels = scores.map(({ label }) => label);
  const rows = scores
    .filter(({ documents }) => documents > 0)
    .map(({ label, f1 }) => {
      const own = pairs.filter(({ truth }) => truth === label);
      const cells = labels.map((other) => own.filter(({ predicted }) => predicted === other).length || '');
      return [label, ...cells, f1.toFixed(3)];
    });
  printTable(['true', ...labels, 'F1'], rows);
  return { macroF1, accuracy, scores };
}
