import type { DocumentText, Row, Segment } from './document-text.js';
import { foldText } from './fold-text.js';
import { unit, type Finding } from './finding.js';
import { readingOf } from './reading-of.js';
import { tokensBetween, type Token } from './document-text.js';
import { readDates } from './read-dates.js';

/** What stands before a document's number, best first. Written over the text as printed, in any case. */
const labels: readonly (readonly [RegExp, number])[] = [
  [/\b(?:tax )?inv(?:o[il1]ce)?\.?[ ]?(?:no|number|num|nr|#|id)\b[.:]?/i, 1],
  [/\b(?:receipt|rcpt|bill|check|slip)[ ]?(?:no|number|num|nr|#|id)\b[.:]?/i, 0.95],
  [/\b(?:doc(?:ument)?)\.?[ ]?(?:no|number|num|nr|#)\b[.:]?/i, 0.9],
  [/\b(?:rechnungs?-?(?:nr|nummer)|facture n[°o]|factuurnummer|n[úu]m(?:ero)? de factura)\b[.:]?/i, 1],
  [/\b(?:invoice|receipt|bill|rcpt|inv)[ ]?[#:]+/i, 0.85],
  [/\b(?:cash|sales?|trans(?:action)?|trx|txn|ref(?:erence)?|order)\.?[ ]?(?:inv\.? )?(?:no|number|#|id)\b[.:]?/i, 0.6],
  [/^(?:no|nr|number)\.? ?:/i, 0.5],
  [/\b(?:invoice|receipt)\b/i, 0.35],
];
/** At least one digit; no date, time or amount. */
const numberShape = /#?[A-Z0-9][A-Z0-9/_#-]*\d[A-Z0-9/_#-]*|#?\d[A-Z0-9/_#-]{2,}/i;

interface Candidate {
  readonly printed: string;
  readonly tokens: readonly Token[];
  readonly score: number;
}

/** Finds the number of the receipt or invoice: beside or below what names it. */
export function findNumber(text: DocumentText): Finding<string> | undefined {
  const candidates: Candidate[] = [];
  for (const row of text.rows) {
    for (const [pattern, strength] of labels) {
      const match = pattern.exec(row.text);
      if (!match) continue;
      const value = beside(row, match.index + match[0].length) ?? below(text, row, match.index);
      if (value) candidates.push({ ...value, score: strength + 0.1 * (1 - row.index / text.rows.length) });
      break;
    }
  }
  const [first, ...others] = candidates.sort((a, b) => b.score - a.score);
  if (!first) return undefined;
  const rival = others.find(({ printed }) => printed !== first.printed);
  return {
    value: first.printed,
    printed: first.printed,
    tokens: first.tokens,
    evidence: {
      label: unit(first.score),
      reading: readingOf(first.tokens),
      agreement: others.some(({ printed }) => printed === first.printed) ? 1 : 0,
      margin: unit(first.score - (rival?.score ?? 0)),
      form: /\d{3}/.test(first.printed) ? 1 : 0.4,
    },
  };
}

function beside(row: Row, from: number): Omit<Candidate, 'score'> | undefined {
  const rest = row.text.slice(from);
  const match = /^[\s:.#]*(\S+)/.exec(rest);
  const word = match?.[1]?.replace(/^[:.]+|[,;:.]+$/g, '');
  if (!match || !word || !isNumber(word, row)) return undefined;
  const start = from + match[0].length - (match[1]?.length ?? 0);
  return { printed: word, tokens: tokensBetween(row, start, start + word.length) };
}

function below(text: DocumentText, row: Row, at: number): Omit<Candidate, 'score'> | undefined {
  const next = text.rows[row.index + 1];
  const [label] = tokensBetween(row, at, at + 1);
  if (next?.page !== row.page || !label) return undefined;
  const segment = next.segments.find((one) => one.x0 < label.x1 + text.rowHeight && one.x1 > label.x0);
  const [word] = (segment satisfies Segment | undefined)?.tokens ?? [];
  return word && isNumber(word.text, next) ? { printed: word.text, tokens: [word] } : undefined;
}

function isNumber(word: string, row: Row): boolean {
  if (word.length < 3 || numberShape.exec(word)?.[0] !== word || /^\d+[.,:]\d+$/.test(word)) return false;
  if (foldText(word).startsWith('GST')) return false;
  return !readDates(row).some(({ printed }) => printed.includes(word));
}
