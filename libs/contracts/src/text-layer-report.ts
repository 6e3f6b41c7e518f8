import { z } from 'zod';
import { boxSchema } from './page-box.js';

/**
 * What a PDF page's text layer was worth. `absent`: it has no words. `sound`: its words are what shows, and were taken.
 * `scarce`: a stamp or a caption on a page that is a picture; the picture was read. `repeats-picture`: invisible text
 * that says what the picture shows (a scan that was read before); the picture was read. `unsound`: it hides words, or
 * says something else than the page shows; the picture was read.
 */
export const textLayerVerdicts = ['absent', 'sound', 'scarce', 'repeats-picture', 'unsound'] as const;
export type TextLayerVerdict = (typeof textLayerVerdicts)[number];

/**
 * `invisible`: drawn in a mode that paints nothing. `unseen`: drawn, but nothing shows: in the colour of the ground,
 * covered, clipped, or transparent. `off-page`, `tiny`: where nobody sees it, or too small to be read. `crowded`: more
 * characters than the place has room for. `unmapped`: characters without a meaning. `misshapen`: characters whose shape
 * on the page is not that of the letter they claim to be. `not-in-picture`: invisible words over blank paper.
 * `differs-from-picture`: words that the picture does not show.
 */
export const textLayerReasonCodes = [
  'invisible',
  'unseen',
  'off-page',
  'tiny',
  'crowded',
  'unmapped',
  'misshapen',
  'not-in-picture',
  'differs-from-picture',
] as const;
export type TextLayerReasonCode = (typeof textLayerReasonCodes)[number];

const textLayerReasonSchema = z.object({
  code: z.enum(textLayerReasonCodes),
  words: z.number().int().nonnegative(),
  /** The first of these words, cut short. Never part of the page's text. */
  sample: z.string().max(240),
  /** Where they stand, at most 20; boxes may lie outside the page. */
  boxes: z.array(boxSchema).max(20),
});
export type TextLayerReason = z.infer<typeof textLayerReasonSchema>;

/** The text layer of a PDF page, checked against the page as drawn. */
export const textLayerReportSchema = z.object({
  verdict: z.enum(textLayerVerdicts),
  /** Words of the layer, shown and hidden. */
  words: z.number().int().nonnegative(),
  /** Of these, the ones that do not show. */
  hiddenWords: z.number().int().nonnegative(),
  reasons: z.array(textLayerReasonSchema),
  /** Share of the layer's letters that reading the picture found, too, 0..1; null where the two were not compared. */
  agreement: z.number().min(0).max(1).nullable(),
});
export type TextLayerReport = z.infer<typeof textLayerReportSchema>;
