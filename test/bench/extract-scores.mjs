/** How extracted fields are scored: receipts by the rule of SROIE task 3, and loosely; confidences by reliability. */
import { printTable } from './report.mjs';

export const receiptFields = ['company', 'date', 'address', 'total'];

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A calendar day as year-month-day, the day first where both orders are possible; other text as it is. */
function dayOf(text) {
  const plain = text.trim().toLowerCase();
  const iso = (year, month, day) => `${year.length === 2 ? `20${year}` : year}-${Number(month)}-${Number(day)}`;
  const yearFirst = /\b(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\b/.exec(plain);
  if (yearFirst) return iso(yearFirst[1], yearFirst[2], yearFirst[3]);
  const named = /\b(\d{1,2})[\s\-/.,]*([a-z]{3})[a-z]*[\s\-/.,']*(\d{4}|\d{2})\b/.exec(plain);
  const month = named ? monthNames.indexOf(named[2]) + 1 : 0;
  if (named && month > 0) return iso(named[3], month, named[1]);
  const numeric = /\b(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})\b/.exec(plain);
  if (!numeric) return plain;
  const [, first, second, year] = numeric;
  return Number(second) > 12 && Number(first) <= 12 ? iso(year, first, second) : iso(year, second, first);
}

const amountOf = (text) => {
  const digits = text.replace(/[^\d.,-]/g, '');
  const plain = /,\d{2}$/.test(digits) ? digits.replace(/\./g, '').replace(',', '.') : digits.replace(/,/g, '');
  const value = Number.parseFloat(plain);
  return Number.isFinite(value) ? value.toFixed(2) : text;
};

const lettersAndDigits = (text) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Equal after folding what a reader of the value would not mind. */
export const looselyEqual = (field, given, truth) => {
  const fold = field === 'total' ? amountOf : field === 'date' ? dayOf : lettersAndDigits;
  return fold(String(given)) === fold(String(truth));
};

/** Precision, recall and F1 a field, and over all fields. `documents` are `{ truth, given }`. */
export function scoreFields(documents, isRight) {
  const tally = () => ({ truths: 0, given: 0, right: 0 });
  const counts = Object.fromEntries([...receiptFields, 'all'].map((field) => [field, tally()]));
  for (const { truth, given } of documents) {
    for (const field of receiptFields) {
      const present = truth[field] !== undefined && truth[field] !== null && truth[field] !== '';
      const answered = given[field] !== undefined && given[field] !== null && given[field] !== '';
      const right = present && answered && isRight(field, given[field], truth[field]);
      for (const name of [field, 'all']) {
        counts[name].truths += Number(present);
        counts[name].given += Number(answered);
        counts[name].right += Number(right);
      }
    }
  }
  const share = (part, whole) => (whole === 0 ? 0 : part / whole);
  return Object.fromEntries(
    Object.entries(counts).map(([field, { truths, given, right }]) => {
      const [precision, recall] = [share(right, given), share(right, truths)];
      const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
      return [field, { precision, recall, f1 }];
    }),
  );
}

const bounds = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0001];

/** Confidence against the share that is right, in bands; the expected calibration error is weighted by count. */
export function reliability(answers) {
  const bands = bounds.slice(0, -1).flatMap((low, at) => {
    const inside = answers.filter(({ confidence }) => confidence >= low && confidence < bounds[at + 1]);
    if (inside.length === 0) return [];
    const confidence = inside.reduce((sum, answer) => sum + answer.confidence, 0) / inside.length;
    const right = inside.filter((answer) => answer.right).length / inside.length;
    return [{ from: low, to: Math.min(1, bounds[at + 1]), count: inside.length, confidence, right }];
  });
  const error = bands.reduce((sum, band) => sum + band.count * Math.abs(band.confidence - band.right), 0);
  return { bands, expectedCalibrationError: error / Math.max(1, answers.length) };
}

/** Prints the bands and returns them. */
export function printReliability(title, answers) {
  const result = reliability(answers);
  console.log(`\n${title}: expected calibration error ${result.expectedCalibrationError.toFixed(3)}`);
  printTable(
    ['confidence', 'values', 'mean confidence', 'right'],
    result.bands.map(({ from, to, count, confidence, right }) => [
      `${from.toFixed(2)}-${to.toFixed(2)}`,
      count,
      confidence.toFixed(3),
      right.toFixed(3),
    ]),
  );
  return result;
}
