/** Letters of other scripts, digits and signs that are read as Latin letters. */
const latinFor: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    у: 'y',
    х: 'x',
    і: 'i',
    ѕ: 's',
    ԁ: 'd',
    һ: 'h',
    ј: 'j',
    к: 'k',
    м: 'm',
    т: 't',
    в: 'b',
    н: 'h',
  },
  ...{
    α: 'a',
    ε: 'e',
    ι: 'i',
    ο: 'o',
    ρ: 'p',
    υ: 'u',
    ν: 'v',
    τ: 't',
    κ: 'k',
    η: 'n',
    ı: 'i',
    ł: 'l',
    ß: 'ss',
    æ: 'ae',
    ø: 'o',
  },
};
const leetFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '|': 'i',
};
const unseen = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]|\udb40[\udc00-\udfff]/;

/** A text as a reader takes it, and where each of its characters came from. */
export interface FoldedText {
  readonly text: string;
  /** By place in `text`: the place in what was folded. */
  readonly from: readonly number[];
}

/** Lower case, without accents and what cannot be seen, look-alikes made Latin, letters that stand apart put together. */
export function foldLookAlikes(original: string): FoldedText {
  let text = '';
  const from: number[] = [];
  const isCyrillic = /[\u0400-\u04ff]{4}/.test(original.replaceAll(/\P{L}/gu, ' '));
  for (const { 0: word, index } of original.matchAll(/\s+|\S+/g)) {
    const mixed = isMixed(word, isCyrillic);
    let at = index;
    for (const mark of word) {
      const folded = foldMark(mark, mixed);
      for (const piece of folded) {
        text += piece;
        from.push(at);
      }
      at += mark.length;
    }
  }
  return joinSpaced(joinParted({ text, from }));
}

/** A word that is parted at the end of a line is one word. */
function joinParted({ text, from }: FoldedText): FoldedText {
  const drop = new Set(
    [...text.matchAll(/(?<=\p{L})- ?\n(?=\p{L})/gu)].flatMap(({ 0: gap, index }) => places(gap, index)),
  );
  return drop.size === 0 ? { text, from } : without({ text, from }, drop);
}

const places = (gap: string, index: number): number[] => Array.from(gap, (_, at) => index + at);

function without({ text, from }: FoldedText, drop: ReadonlySet<number>): FoldedText {
  const kept = from.map((_, at) => at).filter((at) => !drop.has(at));
  return { text: kept.map((at) => text[at]).join(''), from: kept.map((at) => from[at] ?? 0) };
}

/** A word with Latin letters among others, or with digits between letters, is written to be mistaken. */
const isMixed = (word: string, isCyrillic: boolean): boolean =>
  (/[a-z]/i.test(word) && /[\u0370-\u04ff]/.test(word)) ||
  (!isCyrillic && /[\u0370-\u04ff]/.test(word)) ||
  /[a-z][013457@$|][a-z]/i.test(word);

function foldMark(mark: string, mixed: boolean): string {
  if (unseen.test(mark)) return '';
  if (/\s/.test(mark)) return mark === '\n' ? '\n' : ' ';
  const plain = mark.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  if (!mixed) return plain;
  return [...plain].map((letter) => latinFor[letter] ?? leetFor[letter] ?? letter).join('');
}

/** `i g n o r e  a l l` becomes `ignore all`: runs of single letters lose their spaces; wider gaps stay. */
function joinSpaced({ text, from }: FoldedText): FoldedText {
  const runs = [
    ...text.matchAll(
      /(?<![\p{L}\p{N}])(?:\p{L}[ .\-_*]){4,}\p{L}(?![\p{L}\p{N}])(?:[ ]{2,}(?:\p{L}[ .\-_*]){1,}\p{L}(?![\p{L}\p{N}]))*/gu,
    ),
  ];
  if (runs.length === 0) return { text, from };
  const drop = new Set<number>();
  for (const { 0: run, index } of runs) {
    for (const { index: gap } of run.matchAll(/(?<=\p{L})[ .\-_*](?=\p{L})/gu)) drop.add(index + gap);
  }
  return without({ text, from }, drop);
}
