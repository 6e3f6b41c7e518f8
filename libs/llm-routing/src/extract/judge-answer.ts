import type { Coercion, ExtractedField, JsonSchema } from '@waybill/contracts';
import { belongsTo } from './asked-fields.js';
import { crossCheck } from './cross-check.js';
import { findValue, type Grounding } from './find-value.js';
import { fitValue } from './fit-value.js';
import type { NumberedWords } from './numbered-words.js';
import { unwrapAnswer, type GivenValue } from './unwrap-answer.js';

/** The values of a model's answer, checked against the schema and the page. */
export interface JudgedAnswer {
  readonly fields: readonly ExtractedField[];
  readonly coercions: readonly Coercion[];
}

/** How far a value is trusted by where it was found, as a share of how far its model is. */
const trustByPlace: Readonly<Record<Grounding['how'], number>> = {
  cited: 1,
  elsewhere: 0.95,
  stated: 0.95,
  absent: 0.5,
};
const coercedTrust = 0.95;

/**
 * Judges an answer: each value is made to fit the schema, looked for on the page, and given a confidence. `trust` is the
 * predicted share of right values of the model that answered, 0..1. docs/routing.md tells the formula.
 */
export function judgeAnswer(root: JsonSchema, answer: unknown, { words }: NumberedWords, trust: number): JudgedAnswer {
  const coercions: Coercion[] = [];
  const fields = unwrapAnswer(root, answer).map((given): ExtractedField => {
    const { value, remark } = fitValue(given.value, given.node);
    if (remark !== undefined) coercions.push({ path: given.path, remark });
    if (value === null) return nothing(given, remark);
    const grounding = findValue(value, given.words, given.node, words);
    const confidence = trust * (remark === undefined ? 1 : coercedTrust) * trustByPlace[grounding.how];
    return { path: given.path, value, confidence: confidence * readingOf(grounding), ...placeOf(grounding) };
  });
  return { fields, coercions };
}

const nothing = ({ path }: GivenValue, remark: string | undefined): ExtractedField => ({
  ...{ path, value: null, confidence: 0, boxes: [], words: [] },
  reason: remark ?? 'The model found no such value.',
});

/** A value is read as surely as its words; doubt counts half, because the model has seen the words around them. */
function readingOf({ words }: Grounding): number {
  if (words.length === 0) return 1;
  return (1 + Math.min(...words.map(({ confidence }) => confidence))) / 2;
}

function placeOf({ how, words }: Grounding): Pick<ExtractedField, 'page' | 'boxes' | 'words' | 'grounded'> {
  const [first] = words;
  if (!first) return { boxes: [], words: [], grounded: false };
  const own = words.filter(({ page }) => page === first.page);
  return {
    page: first.page,
    boxes: own.map(({ box }) => box),
    words: own.map(({ word }) => word),
    grounded: how !== 'absent',
  };
}

/**
 * Values that agree with each other are surer, values that contradict less so. Only the fields that were asked for now
 * are changed: what was judged before has had its share.
 */
export function withCrossChecks(fields: readonly ExtractedField[], asked: readonly string[]): ExtractedField[] {
  const { agreeing, contradicting } = crossCheck(fields);
  return fields.map((field) => {
    if (field.value === null || !asked.some((pointer) => belongsTo(field.path, pointer))) return field;
    if (contradicting.has(field.path)) return { ...field, confidence: field.confidence * 0.7 };
    // A sum that holds speaks for a value only where it stands on the page.
    const isSurer = agreeing.has(field.path) && field.grounded !== false;
    return isSurer ? { ...field, confidence: 1 - (1 - field.confidence) * 0.4 } : field;
  });
}
