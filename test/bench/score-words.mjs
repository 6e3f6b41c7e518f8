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

const flat = (text) =>
  text
    .normalize('NFKC')
    .replace(/[‘’‚‛`´]/g, "'")
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‐‑‒–—―]/g, '-')
    .replace(/-\n(?=\p{Ll})/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/**
 * How many characters have to be inserted, removed or replaced to make the truth of what was read, and how many the truth
 * has. Quotes and dashes are folded, words parted at a line's end are joined, runs of space are one.
 */
export function countEdits(truth, read) {
  const [wanted, found] = [[...flat(truth)], [...flat(read)]];
  let former = Uint32Array.from({ length: found.length + 1 }, (_, index) => index);
  let current = new Uint32Array(found.length + 1);
  for (let row = 1; row <= wanted.length; row += 1) {
    current[0] = row;
    for (let column = 1; column <= found.length; column += 1) {
      const replaced = former[column - 1] + (wanted[row - 1] === found[column - 1] ? 0 : 1);
      current[column] = Math.min(former[column] + 1, current[column - 1] + 1, replaced);
    }
    [former, current] = [current, former];
  }
  return { edits: former[found.length], characters: wanted.length };
}
