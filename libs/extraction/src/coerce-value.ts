import { numericView, parseCents } from './read-amounts.js';
import type { SchemaNode } from './schema-node.js';

export type LeafValue = string | number | boolean;

/** A client who asks for text as it is printed gets it so, without any reading of dates or numbers. */
export const wantsPrinted = (node: SchemaNode): boolean =>
  node.type === 'string' && /\bas (?:it is |they are )?(?:printed|written|shown)\b/i.test(node.description);

/** A client who asks for capitals gets them: transcripts are often kept so. */
const wantsCapitals = (node: SchemaNode): boolean =>
  /\bin (?:capitals|capital letters|upper ?case)\b/i.test(node.description);

/**
 * Turns a found value into what the schema asks for; undefined when it cannot be that.
 * `value` is what the rules understood, `printed` what stands on the page.
 */
export function coerceValue(value: LeafValue, printed: string, node: SchemaNode): LeafValue | undefined {
  if (node.choices.length > 0) return choiceOf(printed, node.choices) ?? choiceOf(String(value), node.choices);
  if (node.type === 'boolean') return booleanOf(String(value));
  if (node.type === 'string') {
    const text = wantsPrinted(node) ? printed : String(value);
    return stringOf(wantsCapitals(node) ? text.toUpperCase() : text, node);
  }
  const number = typeof value === 'number' ? value : numberOf(String(value));
  if (number === undefined) return undefined;
  return node.type === 'integer' && !Number.isInteger(number) ? undefined : number;
}

/** The number that a text is, with at most a unit or currency around it; undefined for any other text. */
export function numberOf(text: string): number | undefined {
  const view = numericView(text).trim();
  const match = /^\D{0,5}?([-−]?) ?(\d[\d.,'’ ]*\d|\d) ?[^\d]{0,6}$/.exec(view);
  if (!match) return undefined;
  const [, sign, digits = ''] = match;
  const money = /[.,]\d{2}$/.test(digits) || /[.,]\d{3}(?!\d)/.test(digits) ? parseCents(digits) : undefined;
  const size = money === undefined ? Number(digits.replace(/[ '’]/g, '').replace(',', '.')) : money / 100;
  if (!Number.isFinite(size)) return undefined;
  return sign ? -size : size;
}

function stringOf(text: string, node: SchemaNode): string | undefined {
  const trimmed = text.trim();
  if (!trimmed) return undefined;
  if (node.format === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) return undefined;
  if (node.pattern && !node.pattern.test(trimmed)) return undefined;
  return trimmed;
}

function booleanOf(text: string): boolean | undefined {
  if (/^(?:yes|y|true|x|✓|✔|☑|☒|checked|on|ja|oui|si|ya)$/i.test(text.trim())) return true;
  if (/^(?:no|n|false|☐|unchecked|off|none|nein|non|tidak)$/i.test(text.trim())) return false;
  return undefined;
}

const plain = (text: string | number): string =>
  String(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The choice that the text is, or that it contains as whole words; the longest where several are. */
function choiceOf(text: string, choices: readonly (string | number)[]): string | number | undefined {
  const words = ` ${plain(text)} `;
  return choices
    .filter((choice) => plain(choice) !== '' && words.includes(` ${plain(choice)} `))
    .sort((a, b) => String(b).length - String(a).length)[0];
}
