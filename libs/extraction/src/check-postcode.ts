import { postcodeAreas, type PostcodeArea } from './postcode-areas.js';

/** Whether postcode and place of an address are known to belong together; `unknown` where either is not known or missing. */
export type PostcodeCheck = 'agrees' | 'contradicts' | 'unknown';

/**
 * Compares the postcode of an address with its places. Digits are misread more often than words, and nothing else on a page
 * vouches for them: a postcode that its place does not have was misread, or the place was.
 */
export function checkPostcode(address: string): PostcodeCheck {
  const plain = ` ${address
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  const numbers = plain.split(' ').filter((word) => /^\d{5,6}$/.test(word));
  const areas = postcodeAreas.filter(({ places }) => places.some((place) => plain.includes(` ${place} `)));
  if (numbers.length === 0 || areas.length === 0) return 'unknown';
  return areas.every((area) => numbers.some((number) => isIn(area, number))) ? 'agrees' : 'contradicts';
}

const isIn = ({ digits, ranges }: PostcodeArea, number: string): boolean =>
  number.length === digits && ranges.some(([first, last]) => number >= first && number.slice(0, last.length) <= last);

/** Most places got postcodes that end so, where these have five digits: a slip seldom makes one of another. */
const round = /^\d{3}[05]0$/;

/** True for a postcode whose every digit more speaks for than the engine: it fits its place, and ends as postcodes there do. */
export const isConfirmedPostcode = (word: string, address: string): boolean =>
  round.test(word.replace(/\W+$/, '')) && checkPostcode(address) === 'agrees';
