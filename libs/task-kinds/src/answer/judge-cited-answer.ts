import type { ExtractedField } from '@waybill/contracts';
import { numberOf } from '@waybill/extraction';
import { squashed, type GivenAnswer, type Judgement, type NumberedWord } from '@waybill/llm-routing';
import { agreed, noField, placeOf, readingOf } from '../prompt/field-of.js';
import { findQuote } from '../prompt/find-printed.js';
import { numbersOf, objectOf, objectsOf, textOf } from '../prompt/given-json.js';
import type { View } from '../prompt/prompted-task.js';
import type { PageWindow } from '../retrieval/page-window.js';
import type { Findings } from '../task-kind.js';

export const answerPart = '/answer';
/** How far an answer is trusted that cites nothing that is there, or has numbers that nobody has seen. */
const [uncitedTrust, strangeTrust] = [0.5, 0.7];

export interface CitedAnswer {
  readonly given: GivenAnswer;
  readonly view: View;
  readonly before: Findings | undefined;
  readonly question: string;
  readonly window: PageWindow;
  readonly kind: Findings['kind'];
}

interface Citation {
  readonly quote: string;
  readonly place: readonly NumberedWord[];
}

/** Judges an answer by its citations: each is looked for on the pages that were shown, and dropped when it is not there. */
export function judgeCitedAnswer({ given, view, before, question, window, kind }: CitedAnswer): Judgement<Findings> {
  const json = objectOf(given.answer.json);
  const text = textOf(json.answer);
  const pagesLookedAt = window.pageNumbers;
  if (text === '') {
    const hasMore = window.widen();
    const reason = textOf(json.reason) || 'The model found no answer on these pages.';
    const values = { answer: null, reason, citations: [], pagesLookedAt };
    const nothing: Findings = { kind, values, fields: [noField(answerPart, reason)] };
    // An answer that was found before is not taken back by silence.
    const kept = before && before.values.answer !== null ? before : nothing;
    return { answer: kept, open: hasMore || kept !== nothing ? [answerPart] : [], coercions: [] };
  }
  const citations = objectsOf(json.citations).flatMap((citation): Citation[] => {
    const quote = textOf(citation.quote);
    const place = quote === '' ? [] : findQuote(quote, numbersOf(citation.words), view.words.words);
    return place.length > 0 ? [{ quote, place }] : [];
  });
  const isKnown = citations.length > 0 && numbersAreKnown(text, citations, question);
  const known = before?.fields.find(({ path }) => path === answerPart);
  const own = given.quality * trustOf(citations, isKnown);
  const isAgreed = typeof known?.value === 'string' && squashed(known.value) === squashed(text);
  const confidence = isAgreed && isKnown ? agreed(own, known.confidence) : own;
  if (!isKnown && known && known.confidence >= confidence && known.value !== null) {
    return { answer: before as Findings, open: [answerPart], coercions: [] };
  }
  const cited = citations.map(({ quote, place }) => ({ page: place[0]?.page, quote }));
  const values = { answer: text, reason: null, citations: cited, pagesLookedAt };
  const fields = [fieldOfAnswer(text, confidence, citations), ...citations.map(fieldOfQuote(given.quality))];
  return { answer: { kind, values, fields }, open: isKnown ? [] : [answerPart], coercions: [] };
}

const trustOf = (citations: readonly Citation[], isKnown: boolean): number => {
  if (citations.length === 0) return uncitedTrust;
  const reading = Math.min(...citations.map(({ place }) => readingOf(place)));
  return isKnown ? reading : reading * strangeTrust;
};

function fieldOfAnswer(value: string, confidence: number, citations: readonly Citation[]): ExtractedField {
  return { path: answerPart, value, confidence, ...placeOf(citations[0]?.place ?? []), grounded: citations.length > 0 };
}

const fieldOfQuote =
  (quality: number) =>
  ({ quote, place }: Citation, at: number): ExtractedField => ({
    ...{ path: `/citations/${at}/quote`, value: quote, confidence: quality * readingOf(place) },
    ...{ ...placeOf(place), grounded: true },
  });

/** A number that is neither quoted nor asked about was computed, or made up. */
function numbersAreKnown(text: string, citations: readonly Citation[], question: string): boolean {
  const sources = [...citations.flatMap(({ place }) => place.map((word) => word.text)), question];
  const known = new Set(sources.flatMap(numbersIn));
  return numbersIn(text).every((number) => known.has(number));
}

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/\d[\d.,'’]*\d|\d/g)].flatMap(([found]) => numberOf(found) ?? []).map(Math.abs);
