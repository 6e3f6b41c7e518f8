/** Curves fitted for confidences: the share of words read right, and logistic regression. */
import { bareWord, countWords, isConfirmed } from '../../dist/libs/extraction/src/word-signs.js';

const features = ['label', 'reading', 'agreement', 'margin', 'form'];
const mostExamples = 4_000;
const rounds = 2_000;
const rate = 1.5;
const shrinkage = 0.0005;
const wordsOfKnot = 60;

/**
 * The share of words read right by the engine's confidence: knots of a rising line, each the mean of some dozens of
 * words. A word is right when the page has it, apart from case and punctuation.
 */
export function fitReading(documents) {
  const seen = { withDigits: [], withoutDigits: [], confirmed: [] };
  for (const { layouts, words } of documents) {
    const counts = countWords(layouts.flatMap((layout) => layout.words.map(({ text }) => text)));
    layouts.forEach((layout, page) => {
      const truth = new Set((words[page] ?? []).map(bareWord));
      for (const { text, confidence } of layout.words) {
        if (bareWord(text) === '') continue;
        const kind = isConfirmed(text, counts) ? 'confirmed' : /\d/.test(text) ? 'withDigits' : 'withoutDigits';
        seen[kind].push({ confidence, right: truth.has(bareWord(text)) ? 1 : 0 });
      }
    });
  }
  return Object.fromEntries(Object.entries(seen).map(([kind, answers]) => [kind, risingLine(answers)]));
}

/** Pools neighbours until the shares rise (the pool-adjacent-violators algorithm). */
function risingLine(answers) {
  const sorted = answers.toSorted((a, b) => a.confidence - b.confidence);
  const pools = [];
  for (let at = 0; at < sorted.length; at += wordsOfKnot) {
    const part = sorted.slice(at, at + wordsOfKnot);
    const sum = (key) => part.reduce((total, one) => total + one[key], 0);
    pools.push({ count: part.length, confidence: sum('confidence'), right: sum('right') });
    while (pools.length > 1 && share(pools.at(-2)) >= share(pools.at(-1))) {
      const last = pools.pop();
      const before = pools.at(-1);
      for (const key of ['count', 'confidence', 'right']) before[key] += last[key];
    }
  }
  const round = (value) => Math.round(value * 1_000) / 1_000;
  return pools.map((pool) => [round(pool.confidence / pool.count), round(share(pool))]);
}

/** One doubtful word more than was seen, so that no share is 1. */
const share = ({ right, count }) => right / (count + 1);

/**
 * Logistic regression by gradient descent with a little shrinkage. No evidence may count against a value, so that more
 * of it never lowers a confidence.
 */
export function fitLogistic(all) {
  const every = Math.max(1, Math.ceil(all.length / mostExamples));
  const examples = all.filter((_, at) => at % every === 0);
  const width = features.length + 1;
  const inputs = Float64Array.from(examples.flatMap((one) => [1, ...features.map((name) => one.inputs[name])]));
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
