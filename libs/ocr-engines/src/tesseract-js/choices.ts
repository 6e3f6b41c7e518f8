/** What was measured on receipts, forms, book pages, small tables and chart pictures, as constants with their reasons. */
export const choices = Object.freeze({
  /**
   * Letters are brought near this height, in pixels. Word F1 by height: forms .65 at 9, .76 at 18, .75 at 27; small
   * tables .07 at 6, .55 at 12, .62 at 18; at 300 dpi running text stands at about 20 and needs nothing.
   */
  letterHeight: 19,
  /** Scaling by less than this changes nothing but sharpness. */
  leastScale: 1.3,
  mostScale: 4,
  /** Letters higher than this only cost time: A4 at 600 dpi. */
  reducedAbove: 34,
  /** Of a prepared image; scaling stops here. */
  mostPixels: 20_000_000,
  /** Mean confidence below which a reading is suspected to be of a page that lies turned. Upside down gives .34. */
  suspectConfidence: 0.6,
  /** Words for each letter-sized mark below which ink is suspected to be text that was not seen. */
  suspectWordsPerLetter: 0.05,
  /** Fewer marks than this are no evidence of text. */
  leastLetters: 20,
  /** Specks for each letter from which a page counts as noisy. */
  noisySpecks: 4,
  /** Words below this confidence are ink that is no text: removing them raises precision more than it costs recall. */
  leastWordConfidence: 0.2,
});
