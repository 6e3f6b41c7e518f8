import type { DocumentText, Token } from './document-text.js';
import { headerLines, shortened, statesFact, type HeaderLine } from './header-rows.js';
import { confirmForm, mendName } from './mend-name.js';
import { placeScore } from './find-address.js';
import { unit, type Finding } from './finding.js';
import { readingOf } from './reading-of.js';
import { isCommonWord } from './word-signs.js';

/** Legal forms, at the end of a company's name. */
const legalForm =
  /\b(?:SDN ?B[A-Z]D|SDN|S[OUB]N BHD|SENDIRIAN BERHAD|BHD|BERHAD|LTD|LIMITED|LLC|LLP|INC|INCORPORATED|CORP|CORPORATION|GMBH|AG|KG|OHG|UG|PLC|PTE|PTY|BV|NV|SARL|SAS|SRL|SPA|OY|AB|APS)\b/;
/** What shops call themselves. */
const business =
  /\b(?:ENTERPRISE|ENTERPRISES|TRADING|RESTAURANT|RESTAURANTS|RESTORAN|CAFE|COFFEE|KOPITIAM|BAKERY|BAKERIES|MARKET|MART|SUPERMARKET|HYPERMARKET|MINIMARKET|STORE|STORES|SHOP|STATIONERY|HARDWARE|PHARMACY|FARMASI|CLINIC|HOTEL|CENTRE|CENTER|HOUSE|SYARIKAT|PERNIAGAAN|KEDAI|PASARAYA|INDUSTRIES|HOLDINGS|GROUP|BOOKS|BOOKSTORE|ELECTRICAL|ELECTRONICS|SERVICES|SERVICE|SEAFOOD|NOODLE|GRILL|DINER|BISTRO|TOYS|FASHION|BOUTIQUE|SALON|PETROL|STATION|WORKS|PARTS|SUPPLY|SUPPLIES|SOLUTIONS|COMPANY|CO|BROTHERS|SONS)\b/;
const formOnly = /^\(?M?\)? ?(?:SDN ?BHD|BHD|LTD|LIMITED|INC|LLC|CO|PTE LTD|PTY LTD|GMBH)$/;
const titles =
  /^(?:\W*)(?:TAX |SIMPLIFIED |SALES |CASH |OFFICIAL |GUEST |CUSTOMER |COMMERCIAL |ORIGINAL )*(?:INVOICE|RECEIPT|BILL|CHECK|SALE|SALES|CASH|COPY|RECHNUNG|FACTURE|WELCOME|THANK YOU|DUPLICATE|REPRINT)\b/;

/** What may stand before the name on its own line. */
const sellerLabel = /^\W*(?:sold by|seller|vendor|supplier|issued by|from)\s*:\s*/i;

/** Finds who sold: the line at the top that reads most like a company's name. */
export function findMerchant(text: DocumentText, page: number): Finding<string> | undefined {
  const lines = headerLines(text, page);
  const tallest = Math.max(...lines.map(({ segment }) => segment.y1 - segment.y0), 1);
  const candidates = lines
    .map((line) => ({ line: withoutRegistration(line), score: score(line, tallest) }))
    .filter(({ score: points }) => points > 0)
    .sort((a, b) => b.score - a.score);
  const [first, second] = candidates;
  if (!first) return undefined;
  const tokens = [...first.line.segment.tokens, ...legalFormBelow(first.line, lines)];
  const printed = mendName(text, tokens)
    .replace(sellerLabel, '')
    .replace(/^[^\p{L}\p{N}(]+|[\s,:;*~'"_-]+$/gu, '');
  return {
    value: printed,
    printed,
    tokens,
    evidence: {
      label: legalForm.test(first.line.folded) ? 1 : business.test(first.line.folded) ? 0.6 : 0.2,
      reading: readingOf(confirmForm(tokens)),
      agreement: repeatedLater(text, first.line) ? 1 : 0,
      margin: unit((first.score - (second?.score ?? 0)) / 2),
      form: (/^[\p{L}\p{N} &.,'()/+-]+$/u.test(printed) ? 1 : 0.5) * first.line.whole * ownName(tokens),
    },
  };
}

function score(line: HeaderLine, tallest: number): number {
  const { folded, segment, position } = line;
  const letters = segment.text.replace(/[^\p{L}]/gu, '').length;
  if (letters < 3 || titles.test(folded)) return 0;
  const named = legalForm.test(folded) ? 2.6 : business.test(folded) ? 1.5 : 0;
  if (named < 2 && statesFact(segment.text)) return 0;
  const place = placeScore(line);
  if (named < 2 && place >= 1) return 0;
  const size = (segment.y1 - segment.y0) / tallest;
  const doubt = 1 - segment.tokens.reduce((sum, token) => sum + token.confidence, 0) / segment.tokens.length;
  return (
    1.2 -
    1.5 * doubt +
    named +
    0.8 * size -
    0.22 * position -
    0.5 * place -
    (letters / segment.text.length < 0.5 ? 1 : 0)
  );
}

/** `GARDENIA (KL) SDN BHD (139386 X)` without the number behind it. */
function withoutRegistration(line: HeaderLine): HeaderLine {
  const words = line.segment.tokens.map((token) => token.text);
  const joined = words.join(' ');
  const tail =
    /[\s]*[([{]?\s*(?:(?:CO|COMPANY|REG|ROC|GST|SST|VAT)[\s.:]*)*(?:NO\.?|ID)?[\s.:]*[([{]?\s*(?:[A-Z]{2})?\d{5,}[\s\dA-Z-]*[)\]}]?\s*$/i.exec(
      joined,
    );
  if (!tail || tail.index < 3) return line;
  const kept = joined.slice(0, tail.index).trim().split(' ').length;
  return shortened(line, (index) => index < kept);
}

/** A legal form that stands alone on the next line belongs to the name. */
function legalFormBelow(line: HeaderLine, lines: readonly HeaderLine[]): readonly Token[] {
  if (legalForm.test(line.folded)) return [];
  const below = lines.find(({ position }) => position === line.position + 1);
  return below && formOnly.test(below.folded) ? below.segment.tokens : [];
}

/** A name of nothing but words that many names have has lost its own. */
const ownName = (tokens: readonly Token[]): number =>
  tokens.some(({ text }) => /[\p{L}\d]{2}/u.test(text) && !isCommonWord(text)) ? 1 : 0.3;

/** Slips often thank in the name of the shop at their end. */
const repeatedLater = (text: DocumentText, line: HeaderLine): boolean =>
  line.folded.length > 5 &&
  text.rows.some(
    (row) => row.index > line.row.index + 2 && row.text.toUpperCase().includes(line.segment.text.toUpperCase()),
  );
