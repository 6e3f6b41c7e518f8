/** Kinds of terms, and into how many buckets (powers of two) each is hashed; one kind's buckets follow the other's. */
export const termKinds = [
  { name: 'words', buckets: 2 ** 15 },
  { name: 'pairs', buckets: 2 ** 16 },
  { name: 'letters', buckets: 2 ** 16 },
] as const;
const [words, pairs, letters] = termKinds;
const pairsFrom = words.buckets;
const lettersFrom = pairsFrom + pairs.buckets;
export const termBuckets = lettersFrom + letters.buckets;

/** Longer prompts are read so far, so that the time a prompt takes has an end; letters say no more after fewer. */
const mostCharacters = 6_000;
const mostLetters = 1_500;

const wordPattern = /[a-z]+(?:'[a-z]+)?|\d+|[^\sa-z\d]/g;

/** Terms by bucket, those of letters last, each with how often it stands in the text. Nothing of the text can be read from it. */
export interface PromptTerms {
  readonly buckets: Uint32Array;
  readonly counts: Uint16Array;
}

/** All zero between calls: clearing what a prompt touched is far cheaper than a new array for each. */
const counted = new Uint16Array(termBuckets);

/** Words, pairs of words, and runs of three to five letters, hashed into buckets. */
export function promptTerms(text: string): PromptTerms {
  const lower = text.slice(0, mostCharacters).toLowerCase();
  const touched: number[] = [];
  const count = (bucket: number): void => {
    if (counted[bucket] === 0) touched.push(bucket);
    counted[bucket] = Math.min(65_535, (counted[bucket] ?? 0) + 1);
  };
  countWords(lower.match(wordPattern) ?? [], count);
  countLetters(lower.slice(0, mostLetters).replace(/\s+/g, ' '), count);
  const buckets = Uint32Array.from(touched);
  const counts = Uint16Array.from(buckets, (bucket) => counted[bucket] ?? 0);
  for (const bucket of buckets) counted[bucket] = 0;
  return { buckets, counts };
}

type Count = (bucket: number) => void;

// FNV-1a, 32 bits.
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;
const { imul } = Math;

function hashOnto(hash: number, text: string): number {
  for (let at = 0; at < text.length; at += 1) hash = imul(hash ^ text.charCodeAt(at), prime);
  return hash;
}

/** The low bits of FNV-1a mix badly; folding the high ones in mends it. */
const bucketOf = (hash: number, buckets: number): number => ((hash >>> 16) ^ hash) & (buckets - 1);

function countWords(found: readonly string[], count: Count): void {
  let before = 0;
  for (const [index, word] of found.entries()) {
    const hash = hashOnto(offsetBasis, word);
    count(bucketOf(hash, words.buckets));
    if (index > 0) count(pairsFrom + bucketOf(hashOnto(imul(before ^ 32, prime), word), pairs.buckets));
    before = hash;
  }
}

function countLetters(text: string, count: Count): void {
  for (let at = 0; at + 2 < text.length; at += 1) {
    let hash = offsetBasis;
    for (let more = 0; more < 5 && at + more < text.length; more += 1) {
      hash = imul(hash ^ text.charCodeAt(at + more), prime);
      if (more >= 2) count(lettersFrom + bucketOf(hash, letters.buckets));
    }
  }
}
