import type { DocumentText, Token } from './document-text.js';
import { editDistance } from './fold-text.js';

/** `SDN BHD`, the most frequent legal form of its country, with letters misread: `SUN BHD`, `SDN. 8HD.`, `SDN BITD`. */
const misreadForm =
  /(?<![\p{L}\d])(?:[S5$][DOU0B]N(?=\.? ?[B8E][HRNMI]?[DO0](?![\p{L}\d]))|SDN(?=\.? ?B[A-Z1]{1,2}D(?![\p{L}\d])))(\.?)( ?)[B8E][A-Z1]{0,2}[DO0](\.?)(?![\p{L}\d])/giu;
/** A public limited company's form, `plc`, with a letter misread at the end of a name. */
const misreadPublicForm = /(?<=[\p{L}\d] )(?:p[li1|]e|p[i1|]c)$/u;
const shortestWord = 4;

/**
 * The words of a name as one text: the legal form put right, and a word that the page has elsewhere at least twice with
 * one letter different, and never again as here, taken from there.
 */
export function mendName(text: DocumentText, tokens: readonly Token[]): string {
  const words = lettersOnPage(text, tokens);
  return tokens
    .map((token) => mendWord(token, words))
    .join(' ')
    .replace(misreadPublicForm, 'plc')
    .replace(misreadForm, (form, first: string, space: string, second: string) => {
      if (/^SDN\.? ?BHD\.?$/i.test(form)) return form;
      const [sdn, bhd] = form === form.toUpperCase() ? ['SDN', 'BHD'] : ['Sdn', 'Bhd'];
      return `${sdn}${first}${space || ' '}${bhd}${second}`;
    });
}

/** The words of a name with those confirmed that make up its legal form once it is put right: nothing else is spelt so nearly like it. */
export function confirmForm(tokens: readonly Token[]): readonly Token[] {
  const joined = tokens.map(({ text }) => text).join(' ');
  const forms = [...joined.matchAll(misreadForm)].map(({ index, 0: form }) => ({
    from: index,
    to: index + form.length,
  }));
  let from = 0;
  return tokens.map((token) => {
    const [start, end] = [from, from + token.text.length];
    from = end + 1;
    return forms.some((form) => start < form.to && end > form.from) ? { ...token, isConfirmed: true } : token;
  });
}

/** How often each word stands on the pages outside of `own`, in capitals. */
function lettersOnPage(text: DocumentText, own: readonly Token[]): Map<string, number> {
  const taken = new Set(own);
  const counts = new Map<string, number>();
  for (const token of text.rows.flatMap((row) => row.tokens)) {
    if (taken.has(token)) continue;
    for (const word of token.text.toUpperCase().match(/\p{L}+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function mendWord({ text }: Token, counts: ReadonlyMap<string, number>): string {
  const upper = text.toUpperCase();
  if (upper.length < shortestWord || !/^\p{L}+$/u.test(upper) || counts.has(upper)) return text;
  const near = [...counts].filter(
    ([word, count]) => count >= 2 && word.length === upper.length && editDistance(word, upper, 1) === 1,
  );
  const [only] = near;
  if (!only || near.length > 1) return text;
  return text === upper ? only[0] : only[0].charAt(0) + only[0].slice(1).toLowerCase();
}
