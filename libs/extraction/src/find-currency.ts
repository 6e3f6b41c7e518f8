import type { DocumentText } from './document-text.js';
import { unit, type Finding } from './finding.js';
import { readingOf } from './reading-of.js';
import { currencyOfMark, readAmounts } from './read-amounts.js';
import { tokensBetween, type Token } from './document-text.js';

/** Places that call their money a dollar; without any sign of one of them it is the US dollar. */
const dollarPlaces: readonly (readonly [RegExp, string])[] = [
  [/\bAUSTRALIA|\bABN\b/i, 'AUD'],
  [/\bCANADA|\b(?:HST|QST|GST\/HST)\b/i, 'CAD'],
  [/\bSINGAPORE\b/i, 'SGD'],
  [/\bNEW ZEALAND\b/i, 'NZD'],
  [/\bHONG KONG\b/i, 'HKD'],
  [/\bSDN\.? ?BHD\b|\bMALAYSIA\b/i, 'MYR'],
];
const codeAlone =
  /(?<![A-Za-z])(RM|MYR|USD|US\$|SGD|AUD|CAD|EUR|GBP|JPY|INR|CHF|CNY|HKD|NZD|SEK|NOK|DKK|PLN|[€£])(?![A-Za-z])/g;

/** The document's currency: the mark that most amounts carry, then codes that stand in headings and labels. */
export function findCurrency(text: DocumentText): Finding<string> | undefined {
  const tally = new Map<string, { weight: number; printed: string; tokens: readonly Token[] }>();
  const count = (code: string, weight: number, printed: string, tokens: readonly Token[]): void => {
    const known = tally.get(code);
    if (known) known.weight += weight;
    else tally.set(code, { weight, printed, tokens });
  };
  for (const row of text.rows) {
    for (const amount of readAmounts(row)) {
      if (amount.currency) count(amount.currency, 1, amount.currency, amount.tokens.slice(0, 1));
    }
    for (const match of row.text.matchAll(codeAlone)) {
      const code = currencyOfMark(match[1]);
      const tokens = tokensBetween(row, match.index, match.index + match[0].length);
      if (code) count(code, 0.5, match[0], tokens);
    }
  }
  const ranked = [...tally].sort(([, a], [, b]) => b.weight - a.weight);
  const [first] = ranked;
  if (!first) return undefined;
  const [code, { weight, printed, tokens }] = first;
  const whole = ranked.reduce((sum, [, other]) => sum + other.weight, 0);
  const settled =
    code === '$'
      ? dollarOf(
          text,
          ranked.map(([other]) => other),
        )
      : { value: code, form: 1 };
  return {
    value: settled.value,
    printed,
    tokens,
    evidence: {
      label: 1,
      reading: readingOf(tokens),
      agreement: unit((weight - 0.5) / 3),
      margin: unit((2 * weight - whole) / whole),
      form: settled.form,
    },
  };
}

function dollarOf(text: DocumentText, marks: readonly string[]): { value: string; form: number } {
  const named = marks.find((code) => /^(?:USD|AUD|CAD|SGD|NZD|HKD)$/.test(code));
  if (named) return { value: named, form: 1 };
  const place = dollarPlaces.find(([pattern]) => text.rows.some((row) => pattern.test(row.text)));
  return place ? { value: place[1], form: 0.7 } : { value: 'USD', form: 0.6 };
}
