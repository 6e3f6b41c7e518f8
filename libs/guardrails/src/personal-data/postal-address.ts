import { streetAfter, streetBefore, streetEnds } from './data/street-words.js';
import { spanOf, type Recogniser } from './recogniser.js';

const word = String.raw`\p{Lu}[\p{L}'’.-]*`;
const rest = String.raw`(?:,? ?\n?(?:[A-Z]{1,2}-?)?\d{4,6}(?:-\d{4}| ?[A-Z]{2})? ${word}(?: ${word}){0,2})?`;
const patterns = [
  // 12 Elm Street, Apt 4
  String.raw`(?<![\p{L}\p{N}])\d{1,5}[A-Za-z]?,? (?:${word} ){1,4}(?:${streetAfter.join('|')})(?![\p{L}])\.?(?:,? (?:Apt|Suite|Unit|Flat|#)\.? ?\w{1,5})?(?:,? ?\n?${word}(?: ${word}){0,2},? [A-Z]{2},? \d{5}(?:-\d{4})?|,? ?\n?${word}(?: ${word})?,? [A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})?`,
  // Lindenstraße 7a, 10969 Berlin; Kerkstraat 12
  String.raw`(?<![\p{L}\p{N}])(?:\p{Lu}[\p{L}.-]*[ -]){0,2}\p{Lu}?[\p{L}-]*(?:${streetEnds.join('|')})\.? ?\d{1,4} ?[a-zA-Z]?(?![\p{L}\p{N}])${rest}`,
  // 12 rue de la Paix, 75002 Paris
  String.raw`(?<![\p{L}\p{N}])\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|boulevard|place|chemin|allée|impasse|quai) [\p{L}'’ -]{3,40}?(?=[,\n]| \d|$)${rest}`,
  // Calle Mayor 5; Via Roma, 12; Jalan Ipoh 21
  String.raw`(?<![\p{L}\p{N}])(?:${streetBefore.join('|')})\.? (?:(?:${word}|de|del|della|la|los|dos|da) ?){1,5},? ?(?:n[.º°]? ?)?\d{1,5}(?:[A-Za-z](?![\p{L}]))?${rest}`,
].map((source) => new RegExp(source, 'dgu'));

/** Addresses by the forms that streets have in several languages, with what follows them as postal code and town. */
export const postalAddress: Recogniser = {
  kind: 'address',
  find({ text }) {
    // Each has the number of a house.
    if (!/\d/.test(text)) return [];
    return patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].map((match) => ({ ...spanOf(match), score: 0.7 })),
    );
  },
};
