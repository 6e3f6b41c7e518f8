/**
 * How much of a text was read, as bags of words: case does not count, NFKC, everything but letters and digits is
 * dropped, and so are words that are empty then. Counts are summed before precision, recall and F1 are taken.
 */

const normal = (word) =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
const wordsOf = (text) => text.split(/\s+/).map(normal).filter(Boolean);

/** Words read, words there are, and words in both, each as often as it stands in both. */
export function countWords(truth, read) {
  const open = new Map();
  const expected = wordsOf(truth);
  for (const word of expected) open.set(word, (open.get(word) ?? 0) + 1);
  const found = wordsOf(read);
  let hits = 0;
  for (const word of found) {
    const left = open.get(word) ?? 0;
    if (left === 0) continue;
    open.set(word, left - 1);
    hits += 1;
  }
  return { hits, found: found.length, expected: expected.length };
}

/** Precision, recall and F1, 0..1, over the summed counts of several pages. */
export function scoreCounts(counts) {
  const sum = (name) => counts.reduce((total, count) => total + count[name], 0);
  const precision = sum('found') === 0 ? 0 : sum('hits') / sum('found');
  const recall = sum('expected') === 0 ? 0 : sum('hits') / sum('expected');
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}
