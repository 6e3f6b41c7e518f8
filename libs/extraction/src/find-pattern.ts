import { tokensBetween, type DocumentText } from './document-text.js';
import type { Finding } from './finding.js';
import { readingOf } from './reading-of.js';

/** Texts that are known by their form alone. */
const patterns = {
  email: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
  uri: /\b(?:https?:\/\/|www\.)[^\s,;]+/i,
  phone: /(?:\+\d{1,3}[ -]?)?(?:\(\d{1,5}\)[ -]?)?\d{2,5}(?:[ -]?\d{2,5}){1,4}/,
  iban: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/,
} as const;
export type PatternName = keyof typeof patterns;

/** The pattern that a property's format or name asks for, or undefined. */
export function patternOf(format: string | undefined, name: string): PatternName | undefined {
  if (format === 'email' || format === 'idn-email' || /\be ?mail\b/.test(name)) return 'email';
  if (format === 'uri' || format === 'url' || /\b(?:website|url|web site|homepage)\b/.test(name)) return 'uri';
  if (format === 'phone' || /\b(?:phone|telephone|tel|mobile)\b/.test(name)) return 'phone';
  return /\biban\b/.test(name) ? 'iban' : undefined;
}

/** Finds the first text of the form. Phone numbers also need a word that says so before them. */
export function findPattern(text: DocumentText, name: PatternName): Finding<string> | undefined {
  for (const row of text.rows) {
    const from = name === 'phone' ? (/\b(?:tel|phone|call|mobile|h\/p|hp|telp)\w*\b/i.exec(row.text)?.index ?? -1) : 0;
    if (from < 0) continue;
    const match = patterns[name].exec(row.text.slice(from));
    if (!match) continue;
    const start = from + match.index;
    const printed = match[0].replace(/[.,;]+$/, '');
    const tokens = tokensBetween(row, start, start + printed.length);
    const evidence = {
      label: name === 'phone' ? 1 : 0.5,
      reading: readingOf(tokens),
      agreement: 0,
      margin: 0.5,
      form: 1,
    };
    return { value: printed, printed, tokens, evidence };
  }
  return undefined;
}
