import { checkPostcode, isConfirmedPostcode } from './check-postcode.js';
import type { DocumentText, Token } from './document-text.js';
import { foldText } from './fold-text.js';
import { headerLines, statesFact, type HeaderLine } from './header-rows.js';
import { mendPlace } from './mend-place.js';
import { unit, type Finding } from './finding.js';
import { readingOf } from './reading-of.js';
import { isCommonWord } from './word-signs.js';

const street =
  /\b(?:JALAN|JLN|LORONG|PERSIARAN|LEBUH|LEBUHRAYA|TAMAN|KAMPUNG|KG|BANDAR|SEKSYEN|SECTION|KAWASAN|DATARAN|BATU|PUSAT|STREET|ST|ROAD|RD|AVENUE|AVE|LANE|LN|BOULEVARD|BLVD|DRIVE|DR|COURT|SQUARE|HIGHWAY|HWY|ROW|TERRACE|PARADE|STRASSE|STR|ALLEE|PLATZ|WEG|GASSE|RING|UFER|RUE|PLACE|CHEMIN|VIA|PIAZZA|CALLE|AVENIDA|LAAN|STRAAT|PLEIN|WAY|CLOSE|CRESCENT)\b|(?:STRASSE|STR|STRAAT|WEG|ALLEE|PLATZ|GASSE|LAAN|GRUND|HOF)\b/;
const part =
  /\b(?:LOT|NO|UNIT|SUITE|LEVEL|FLOOR|BLOCK|BLK|BANGUNAN|WISMA|MENARA|PLAZA|MALL|COMPLEX|KOMPLEKS|TOWER|BUILDING|SHOP|GROUND|APT|BOX)\b/;
const postcode =
  /\b\d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b\d{4} ?[A-Z]{2}\b|\b[A-Z]{2},? \d{4,5}\b/;
const region =
  /\b(?:SELANGOR|KUALA LUMPUR|JOHOR|PERAK|PENANG|PULAU PINANG|PAHANG|KEDAH|MELAKA|NEGERI SEMBILAN|SABAH|SARAWAK|TERENGGANU|KELANTAN|PERLIS|DARUL|MALAYSIA|SINGAPORE|LONDON|GERMANY|DEUTSCHLAND|FRANCE|USA|UNITED STATES|UNITED KINGDOM|ENGLAND|INDIA|CANADA|AUSTRALIA|NETHERLANDS|NEDERLAND|SHAH ALAM|PETALING JAYA|AK|AL|AZ|CA|CO|CT|FL|GA|IL|MA|MD|MI|MN|NC|NJ|NV|NY|OH|OR|PA|TX|UT|VA|WA|WI)$|\b(?:SELANGOR|JOHOR|PERAK|PAHANG|SHAH ALAM|PETALING JAYA|KUALA LUMPUR)\b/;

/** How much a line reads like part of an address: 0 not at all, 1 and more clearly. */
export function placeScore({ segment, folded }: Pick<HeaderLine, 'segment' | 'folded'>): number {
  const plain = segment.text.toUpperCase();
  return (
    (street.test(folded) ? 1 : 0) +
    (part.test(folded) && /\d/.test(plain) ? 0.8 : 0) +
    (postcode.test(plain) ? 0.8 : 0) +
    (region.test(folded) ? 0.6 : 0) +
    (/^(?:NO\.? ?)?\d{1,5}[A-Z]?[ ,.-]/.test(plain) && /[A-Z]{3}/.test(plain) ? 0.4 : 0) +
    (/,\s*$/.test(segment.text) ? 0.3 : 0)
  );
}

interface Block {
  readonly lines: readonly HeaderLine[];
  readonly score: number;
}

/** Finds the seller's address: the run of lines at the top, after the name, that reads most like a place. */
export function findAddress(text: DocumentText, page: number, merchant: readonly Token[]): Finding<string> | undefined {
  const nameTokens = new Set(merchant);
  const lines = headerLines(text, page).filter(({ segment }) => !segment.tokens.some((token) => nameTokens.has(token)));
  const nameBottom = Math.max(0, ...merchant.map((token) => token.y0));
  const blocks = lines
    .filter(({ segment }) => segment.y1 > nameBottom)
    .map((line, distance) => ({ ...blockFrom(line, lines, text.rowHeight), distance }))
    .filter(({ score }) => score >= 0.8)
    // Further down, other people's addresses begin.
    .map((block) => ({ ...block, score: block.score - 0.3 * block.distance }))
    .sort((a, b) => b.score - a.score);
  const [first] = blocks;
  if (!first) return undefined;
  const rival = blocks.find(({ lines: others }) => others.every((line) => !first.lines.includes(line)));
  const parts = first.lines.map(withoutFacts);
  const tokens = parts.flat();
  const words = parts.flatMap(mendPlace);
  const mended = words.join(' ');
  const printed = mended
    .replace(/ +,(?= |$)/g, ',')
    .replace(/^[^\p{L}\p{N}]+|[\s,;:*~_-]+$/gu, '')
    .trim();
  if (!printed) return undefined;
  return {
    value: printed,
    printed,
    tokens,
    evidence: {
      label: unit(first.score / 3),
      reading: readingOf(tokens.map((token, at) => confirmed(token, words[at] ?? '', mended))),
      agreement: agreementOf(printed),
      margin: unit((first.score - (rival?.score ?? 0)) / 3),
      form:
        (first.lines.length > 1 ? 1 : 0.5) *
        (breaksOff.test(mended) ? 0.4 : 1) *
        Math.min(...first.lines.map(({ whole }) => whole)),
    },
  };
}

/** The word as it was put right: one that places are made of is as good as read so, and so is a postcode that its place has. */
function confirmed(token: Token, mended: string, address: string): Token {
  const isMended = mended !== token.text && isCommonWord(mended);
  return isMended || isConfirmedPostcode(mended, address) ? { ...token, text: mended, isConfirmed: true } : token;
}

/** A postcode that its place has speaks for both; one that it cannot have against them, as much as if there were none. */
function agreementOf(address: string): number {
  const check = postcode.test(address.toUpperCase()) ? checkPostcode(address) : 'contradicts';
  return check === 'agrees' ? 1 : check === 'unknown' ? 0.5 : 0;
}

/** An address that begins or ends in the middle of something has lost a word there; behind a state a full stop was misread. */
const breaksOff =
  /^\s*[&,]|(?<!(?:SELANGOR|JOHOR|PERAK|PAHANG|KEDAH|MELAKA|PENANG|SABAH|SARAWAK|KELANTAN|TERENGGANU|MALAYSIA)\s*),\s*$|[&-]\s*$/i;

/** The address that would start at this line: lines below it in the same column, until one that is no place. */
function blockFrom(start: HeaderLine, lines: readonly HeaderLine[], rowHeight: number): Block {
  const taken: HeaderLine[] = [];
  let score = 0;
  let pending: HeaderLine[] = [];
  for (const line of lines.slice(lines.indexOf(start))) {
    const last = pending.at(-1) ?? taken.at(-1);
    if (last && !sameColumn(last, line)) continue;
    if (last && line.segment.y0 - last.segment.y1 > 2.2 * rowHeight) break;
    const points = pointsOf(line);
    if (points === 0 && (taken.length === 0 || !mayBePlace(line) || pending.length > 0)) break;
    if (points === 0) {
      pending.push(line);
      continue;
    }
    taken.push(...pending, line);
    pending = [];
    score += Math.min(1.6, points);
    if (taken.length >= 7) break;
  }
  const [tail] = pending;
  // A last line without a sign of its own closes the address when the one before it ends in the middle.
  if (tail && /[,-]\s*$/.test(taken.at(-1)?.segment.text ?? '')) taken.push(tail);
  return { lines: taken, score };
}

function pointsOf(line: HeaderLine): number {
  const text = firstPart(line);
  if (statesFact(text) || !/\p{L}{2}|\d{5}/u.test(text)) return 0;
  return placeScore({ segment: { ...line.segment, text }, folded: foldText(text) });
}

const firstPart = ({ segment }: HeaderLine): string => segment.text.replace(laterFacts, '');
/** What follows an address on its last line. */
const laterFacts = /[\s,;(]*\b(?:TEL|TELP|FAX|PHONE|GST|H\/P|HP|EMAIL|CO\.? REG)\b.*$/i;

/** Letters mainly, no fact, no brackets around it all. */
const mayBePlace = ({ segment: { text } }: HeaderLine): boolean =>
  !statesFact(text) && !/^[[({*=-]|:|\d{6,}/.test(text) && /^[\p{L}\d .,'&/()-]{3,40}$/u.test(text);

function sameColumn(a: HeaderLine, b: HeaderLine): boolean {
  const shared = Math.min(a.segment.x1, b.segment.x1) - Math.max(a.segment.x0, b.segment.x0);
  return shared > 0.3 * Math.min(a.segment.x1 - a.segment.x0, b.segment.x1 - b.segment.x0);
}

/** The words of a line, up to a phone number or registration that stands behind the address. */
function withoutFacts(line: HeaderLine): readonly Token[] {
  const kept = firstPart(line).split(' ').filter(Boolean).length;
  return line.segment.tokens.slice(0, Math.max(1, kept));
}
