import type { TextLayerReasonCode } from '@waybill/contracts';
import type { RawWord } from '../page-reading.js';

/** Why a word of a text layer does not show on the page. */
export type HiddenCause = Extract<TextLayerReasonCode, 'invisible' | 'unseen' | 'off-page' | 'tiny' | 'crowded'>;

/** A word of a text layer, in the layer's own order. */
export interface LayerWord extends RawWord {
  /** Absent for words that show. */
  readonly hidden?: HiddenCause;
  /** Of hidden words: whether the page without its text shows ink there, as a scan does under its invisible text. */
  readonly standsOnInk?: boolean;
}

/** What is known of a page's text layer once the page has been drawn with and without it. */
export interface TextLayerEvidence {
  /** Shown and hidden words; boxes in `page`'s unit. */
  readonly words: readonly LayerWord[];
  /** Size of the displayed page. */
  readonly page: { readonly width: number; readonly height: number };
  /** Characters of the shown words, and of these the ones without a usable meaning. */
  readonly shownCharacters: number;
  readonly unmappedCharacters: number;
  /** Of letters whose shape can tell, the share whose shape is another letter's, 0..1. */
  readonly misshapenShare: number;
  /** Share of the page that its largest picture covers, 0..1. */
  readonly largestImageShare: number;
}

/** How many letters and digits a text has. */
export const letterCount = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** Letters and digits of several words. */
export const lettersOf = (words: readonly RawWord[]): number =>
  words.reduce((sum, { text }) => sum + letterCount(text), 0);
