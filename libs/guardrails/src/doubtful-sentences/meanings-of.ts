import words from './sentence-words.json' with { type: 'json' };

/** Languages that put no spaces between words, or nothing between a small word and the next. */
const unspaced = new Set(['ja', 'zh', 'ko', 'ar']);
const longestPhrase = 5;
const shortestBeginning = 2;

/** Lower case, without accents. */
export const plainWord = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Words and phrases, beginnings of words, and runs of letters in writing without spaces, with what each means. */
const [whole, beginnings, runs] = [
  new Map<string, string[]>(),
  new Map<string, string[]>(),
  new Map<string, string[]>(),
];
for (const [meaning, languages] of Object.entries(words)) {
  for (const [language, list] of Object.entries(languages)) {
    for (const entry of plainWord(list).split(' ')) keep(entry, meaning, unspaced.has(language));
  }
}
const runPattern = new RegExp([...runs.keys()].sort((one, other) => other.length - one.length).join('|'), 'gu');

function keep(entry: string, meaning: string, isUnspaced: boolean): void {
  const phrase = entry.replaceAll(/[^\p{L}\p{N}*]+/gu, ' ').trim();
  const isRun = isUnspaced && !/^[a-z ]+$/.test(phrase);
  const home = isRun ? runs : phrase.endsWith('*') ? beginnings : whole;
  const key = phrase.replaceAll('*', '');
  home.set(key, [...(home.get(key) ?? []), meaning]);
}

/** What a sentence speaks of, in whatever language; `tokens` are its words. */
export function meaningsOf(text: string, tokens: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (meanings: readonly string[] | undefined) => meanings?.forEach((meaning) => found.add(meaning));
  tokens.forEach((token, at) => {
    for (let length = shortestBeginning; length <= token.length; length += 1)
      add(beginnings.get(token.slice(0, length)));
    for (let phrase = token, more = 1; more <= longestPhrase && phrase !== ''; more += 1) {
      add(whole.get(phrase));
      const next = tokens[at + more];
      phrase = next === undefined ? '' : `${phrase} ${next}`;
      if (next !== undefined && more === 1) add(beginnings.get(phrase));
    }
  });
  if (/[\u0600-\u06ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(text)) {
    for (const { 0: run } of text.matchAll(runPattern)) add(runs.get(run));
  }
  return [...found];
}
