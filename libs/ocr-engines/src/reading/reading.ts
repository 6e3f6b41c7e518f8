import type { ReadingAttempt } from '@waybill/contracts';
import type { RawWord } from '@waybill/document-layout';
import type { PageMeasures } from './measure-page.js';
import type { Preparation, PreparedPage } from './prepare-page.js';
import { rateReading, type Rating } from './rate-reading.js';
import type { Reader } from './reader.js';

/** One reading of a page: words where they stand on the page as handed in. */
export interface Reading {
  readonly words: RawWord[];
  readonly rating: Rating;
  readonly measures: PageMeasures;
  readonly attempts: readonly ReadingAttempt[];
  readonly remarks: readonly string[];
}

/** What a picture is read with. */
export interface Work {
  readonly prepared: PreparedPage;
  readonly measures: PageMeasures;
  readonly reader: Reader;
  readonly preparation: Preparation;
}

/** A reading of these words, rated by the letters that the page has. */
export const readingOf = (words: RawWord[], measures: PageMeasures, attempts: readonly ReadingAttempt[]): Reading => ({
  words,
  rating: rateReading(words, measures.letters),
  measures,
  attempts,
  remarks: [],
});
