import data from './cues.json' with { type: 'json' };

/** For each kind that has any, the folded words that speak for it. Weekly changes belong in `cues.json`. */
export const cues: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(data.cues).map(([kind, words]) => [kind, new Set(words)]),
);

/** Lower case, without accents and without anything but letters and digits. */
export const foldWord = (word: string): string =>
  word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
