import { contextBefore, wordPattern } from '../text/context-before.js';
import { checksums } from './checksums/checksums.js';
import { moreNationalIds } from './data/more-national-ids.js';
import { nationalIds, type NationalId } from './data/national-ids.js';
import type { Recognised, Recogniser } from './recogniser.js';

const compiled = [...nationalIds, ...moreNationalIds].map((id) => ({
  id,
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}]|\d[.,-])(?:${id.pattern})(?![\p{L}\p{N}]|[.,-]\d)`, 'gu'),
  words: wordPattern(id.words),
}));

/** National identifiers: pattern, check digits, and words beside them where those alone say too little. */
export const nationalId: Recogniser = {
  kind: 'national-id',
  find({ text, digits }) {
    // There is none without a digit.
    if (!/\d/.test(digits)) return [];
    const [said, read] = [capitals(text), capitals(digits)];
    return compiled.flatMap(({ id, pattern, words }) => {
      // Letters that belong to an identifier look like digits: the text as it stands comes first.
      const found = findId(said, id, { pattern, words });
      return found.length > 0 || read === said ? found : findId(read, id, { pattern, words });
    });
  },
};

/** Some letters grow when they are made large; then places would be wrong, and the text stays as it is. */
function capitals(text: string): string {
  const upper = text.toUpperCase();
  return upper.length === text.length ? upper : text;
}

function findId(text: string, id: NationalId, { pattern, words }: { pattern: RegExp; words: RegExp }): Recognised[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const value = match[0].replaceAll(/[^A-Z0-9]/g, '');
    if (!checksums[id.check](value)) return [];
    const isNamed = words.test(contextBefore(text, match.index));
    const isWrittenOut = /\d[ .\-+/]\d/.test(match[0]);
    if (!isNamed && (id.counts === 'never' || (id.counts === 'written-out' && !isWrittenOut))) return [];
    const score = isNamed ? 0.98 : id.counts === 'alone' ? 0.85 : 0.65;
    return [{ start: match.index, end: match.index + match[0].length, score, remark: id.name }];
  });
}
