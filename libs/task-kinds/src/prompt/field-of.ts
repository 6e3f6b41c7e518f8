import type { ExtractedField } from '@waybill/contracts';
import type { NumberedWord } from '@waybill/llm-routing';

/** Where words stand, as a field says it: those of the first word's page. */
export function placeOf(words: readonly NumberedWord[]): Pick<ExtractedField, 'page' | 'boxes' | 'words'> {
  const [first] = words;
  if (!first) return { boxes: [], words: [] };
  const own = words.filter(({ page }) => page === first.page);
  return { page: first.page, boxes: own.map(({ box }) => box), words: own.map(({ word }) => word) };
}

/** A value is read as surely as its words; doubt counts half, because whoever answered has seen the words around them. */
export const readingOf = (words: readonly NumberedWord[]): number =>
  words.length === 0 ? 1 : (1 + Math.min(...words.map(({ confidence }) => confidence))) / 2;

/** Two answers that agree multiply their doubts. */
export const agreed = (one: number, other: number): number => 1 - (1 - one) * (1 - other);

/** Why there is no value, as a field without a place. */
export const noField = (path: string, reason: string): ExtractedField => ({
  ...{ path, value: null, confidence: 0, boxes: [], words: [], reason },
});
