import { coerceValue, datesOfText, violationsOf, type LeafValue, type SchemaNode } from '@waybill/extraction';

/** A given value made to fit its place in the schema, with what had to be done; undefined when it cannot fit. */
export interface FittedValue {
  readonly value: LeafValue | null;
  /** What was done, or why nothing fits, as a sentence. */
  readonly remark?: string;
}

const sayings = new Set(['', 'null', 'none', 'n/a', 'na', '-', 'unknown', 'not found', 'not present']);

/** Checks a value against its place in the client's schema, and repairs what is only written differently. */
export function fitValue(given: unknown, node: SchemaNode): FittedValue {
  if (given === null || given === undefined) return { value: null };
  if (typeof given === 'object') return { value: null, remark: 'A list or an object stood where one value is asked.' };
  const raw = given as LeafValue;
  if (typeof raw === 'string' && sayings.has(raw.trim().toLowerCase()) && !node.choices.includes(raw)) {
    return { value: null, ...(raw === '' ? {} : { remark: `"${raw}" was taken for nothing.` }) };
  }
  const fitted = node.format === 'date' ? dayOf(String(raw), node) : coerceValue(raw, String(raw), node);
  if (fitted === undefined) return { value: null, remark: `"${String(raw).slice(0, 80)}" is no ${nameOf(node)}.` };
  const [broken] = violationsOf(node.limits, fitted);
  if (broken) {
    return {
      value: null,
      remark: `${JSON.stringify(fitted)} is outside of what the schema allows: ${broken.sentence}`,
    };
  }
  const isSame = fitted === raw || (typeof raw === 'string' && fitted === raw.trim());
  return { value: fitted, ...(isSame ? {} : { remark: `"${String(raw)}" was taken for ${JSON.stringify(fitted)}.` }) };
}

function dayOf(text: string, node: SchemaNode): LeafValue | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text.trim())) return coerceValue(text.trim(), text, node);
  const day = /^(\d{4}-\d{2}-\d{2})T/.exec(text)?.[1] ?? datesOfText(text)[0];
  return day === undefined ? undefined : coerceValue(day, text, node);
}

const nameOf = (node: SchemaNode): string =>
  node.choices.length > 0 ? 'choice of the schema' : node.format === 'date' ? 'date' : node.type;
