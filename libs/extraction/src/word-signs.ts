import { labelWords } from './fold-text.js';
import { placeWords } from './place-words.js';

/** Words that names, addresses and labels of these documents are made of, beside those that are mended. */
const otherWords = [
  ...['SDN', 'BHD', 'BERHAD', 'LTD', 'LIMITED', 'INC', 'LLC', 'CORP', 'CORPORATION', 'GMBH', 'PTE', 'PTY', 'PLC'],
  ...['ENTERPRISE', 'TRADING', 'RESTAURANT', 'RESTORAN', 'CAFE', 'COFFEE', 'BAKERY', 'MARKET', 'MART', 'STORE'],
  ...['STORES', 'SHOP', 'STATIONERY', 'HARDWARE', 'PHARMACY', 'HOTEL', 'CENTRE', 'CENTER', 'HOUSE', 'INDUSTRIES'],
  ...['HOLDINGS', 'GROUP', 'BOOKS', 'SERVICES', 'SERVICE', 'SUPPLIES', 'SUPPLY', 'COMPANY', 'SEAFOOD', 'PARTS'],
  ...['JLN', 'LOT', 'BATU', 'SECTION', 'LANE', 'DRIVE', 'PLAZA', 'MALL', 'BLOCK', 'UNIT', 'PERAK', 'KEDAH', 'SABAH'],
  ...['SHAH', 'ALAM', 'JAYA', 'NEGERI', 'PINANG', 'UTAMA', 'SDNBHD', 'AND', 'THE', 'RINGGIT'],
  // What places are named after, too short to be mended.
  ...['SRI', 'SERI', 'AIR', 'DESA', 'KOTA', 'BARU', 'LAMA', 'BESAR', 'RAYA', 'MAJU', 'MERU', 'MUAR', 'IPOH', 'PUDU'],
  ...['MIRI', 'SIBU', 'ALOR', 'PASIR', 'PANAS', 'BANGI', 'PARK', 'HILL', 'EAST', 'WEST', 'TOWN', 'CITY', 'MAIN'],
  ...['HIGH', 'TUN', 'DATO', 'HAJI', 'ARAS', 'BAWAH', 'BUSINESS', 'RESTAURANTS', 'SYARIKAT', 'PERNIAGAAN', 'KEDAI'],
];
const known = new Set([...labelWords, ...placeWords, ...otherWords].map((word) => word.toLowerCase()));
/** `No. 5`: the one word of two letters that most addresses have. */
const numberSign = 'no';
const shortestKnown = 3;
/** Figures of three digits stand on many slips twice without being the same thing. */
const shortestRepeated = (bare: string): number => (/\d/.test(bare) ? 4 : 3);

/** Letters and digits of a word, in small letters: what is left of it when case and punctuation do not count. */
export const bareWord = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** How often each word stands on the pages. */
export function countWords(texts: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const bare = bareWord(text);
    counts.set(bare, (counts.get(bare) ?? 0) + 1);
  }
  return counts;
}

/** True for a word that names, addresses and labels in general are made of. */
export const isCommonWord = (text: string): boolean => known.has(bareWord(text));

/**
 * True for a word that more speaks for than the engine: such documents are made of it, or it was read at least twice with
 * the same letters and digits. A slip seldom makes a word, and seldom happens twice in the same way.
 */
export function isConfirmed(text: string, counts: ReadonlyMap<string, number>): boolean {
  const bare = bareWord(text);
  if (bare.length >= shortestRepeated(bare) && (counts.get(bare) ?? 0) > 1) return true;
  return bare === numberSign || (bare.length >= shortestKnown && known.has(bare));
}
