import { editDistance } from './fold-text.js';
import type { Token } from './document-text.js';
import { placeWords } from './place-words.js';

/** Words read more surely than this are left as they were read. */
const surelyRead = 0.8;
const known = new Set(placeWords);
/** Quarters of one country whose roads carry a code: `SS` of `JALAN SS 22/19`. */
const misreadRoadCode = /^[S5$§]{2}(?=\d{1,2}(?:\/|\b))/;
const digitOf: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  I: '1',
  l: '1',
  '|': '1',
  T: '1',
  '&': '8',
  B: '8',
  S: '5',
};

/** The words of an address line, with what readers typically misread in addresses put right. */
export function mendPlace(tokens: readonly Token[]): string[] {
  return tokens.map((token, at) => {
    const before = tokens[at - 1]?.text ?? '';
    return mendWord(token, before);
  });
}

function mendWord({ text, confidence }: Token, before: string): string {
  if (confidence >= surelyRead) return mendCode(text, before);
  const postcode = /^([\dOoIl|&BS]{5})(,?)$/.exec(text);
  if (postcode?.[1] && postcode[1].replace(/\D/g, '').length >= 3) return inDigits(postcode[1]) + (postcode[2] ?? '');
  const house = /^(NO\.?:?)([TIl|])(,?)$/i.exec(text);
  if (house) return `${house[1] ?? ''}1${house[3] ?? ''}`;
  const match = /^(\W*)([\p{L}\p{N}!|'’]{4,})(\W*)$/u.exec(text);
  if (!match) return mendCode(text, before);
  const [, lead = '', word = '', tail = ''] = match;
  const mended = nearestPlaceWord(word);
  return mended === undefined ? mendCode(text, before) : `${lead}${mended}${tail}`;
}

const inDigits = (text: string): string => text.replace(/\D/g, (letter) => digitOf[letter] ?? letter);

/** `JALAN 5S 22/19` and `Jalan §521/39` as `SS`. */
function mendCode(text: string, before: string): string {
  if (!/^(?:JALAN|JLN\.?|SECTION|SEKSYEN)$/i.test(before)) return text;
  if (/^(?:5S|S5|§S|\$S|§5|\$5)$/.test(text)) return 'SS';
  return text.replace(misreadRoadCode, 'SS');
}

/** The one place word that this nearly is: one slip, or two in a long word. Keeps the case of the first letters. */
function nearestPlaceWord(word: string): string | undefined {
  const upper = word.toUpperCase();
  if (known.has(upper)) return undefined;
  const slips = upper.length >= 8 ? 2 : 1;
  const near = placeWords.filter((place) => place.length >= 5 && editDistance(upper, place, slips) <= slips);
  const [only] = near;
  if (only === undefined || near.length > 1) return undefined;
  return word === upper ? only : only.charAt(0) + only.slice(1).toLowerCase();
}
