/**
 * What was measured, as constants with their reasons: word F1 on receipts, forms, book pages, small tables and charts
 * (docs/reading.md has the table).
 */
export const choices = Object.freeze({
  /**
   * Letters are brought near this height, in pixels. Forms: .65 at a height of 9, .76 at 18, .75 at 27. Small tables:
   * .07 at 6, .55 at 12, .62 at 18. Text printed at 300 dpi stands near 20 and needs nothing.
   */
  letterHeight: 19,
  /** Scaling up by less costs sharpness and gains nothing. */
  leastScale: 1.3,
  mostScale: 4,
  // The second reading of a small picture looks for words anywhere, with the larger network, on a copy without drawings: charts
  // .837 and small tables .686, with another size instead .819 and .678. Larger for both readings: charts .862, tables .648.
  /** A word of the worse reading is taken where it is surer by this: small tables .681 to .688. */
  surerBy: 0.1,
  /**
   * So a word from here on cannot lose its place. Small pictures are read again without these: small tables .687 to .688, charts .829 to
   * .831, in a tenth less time; from .9 on .682 and .826, in a fifth less.
   */
  surestWord: 0.95,
  /** Letters higher than this only cost time. */
  reducedAbove: 34,
  /** A smaller picture holds one block: a table or a chart, in which columns and pictures are found that are none. */
  smallPixels: 450_000,
  /** A page this much higher than wide is one block, too: what stands apart in a receipt is its column of amounts. Receipts .861 to .866. */
  tallShape: 1.75,
  /**
   * Pictures in black and white that need no scaling are made this much narrower: the engine's time goes with the width of lines, and strokes
   * get shades. Characters wrong on books .0306 to .0289, F1 .965 to .963, a twelfth less time; at .9 the same as at .93. Receipts, which
   * have shades, lose .02 at .9.
   */
  narrowing: 0.93,
  /** Of a prepared image; scaling up stops here. */
  mostPixels: 20_000_000,
  /**
   * A reading as columns is trusted at this mean confidence and this share of the letters inside words. Below, letters that stand in no word
   * of the confidence `word` are read by themselves: a receipt whose whole column of amounts was passed over had a coverage between .82 and
   * .85. Receipts .844 to .861 in a sixth more time; another reading of the whole page as one block gained as much in a quarter more. Print
   * that had to be enlarged is seldom as sure, and gains little: forms .772 to .775 at a coverage of .85, in a seventh more time.
   */
  trust: {
    fullSize: { confidence: 0.81, coverage: 0.88, word: 0.75 },
    enlarged: { confidence: 0, coverage: 0.7, word: 0.6 },
  },
  /**
   * A small picture has to be read better than that to be read once: another reading costs little. Charts .799 to .827; no more than .828
   * where still more of them are read twice (.9 and .95), in a sixth more time.
   */
  smallTrust: { confidence: 0.85, coverage: 0.9 },
  /** Words of the worse reading fill the gaps of the better one from this confidence on. */
  fillingConfidence: 0.6,
  /** Letters that no word covers are read again, line by line: so many at least, and no more than a page has. */
  leastUnreadLetters: 3,
  leastUnreadShare: 0.08,
  mostUnreadLetters: 3_000,
  /** Words of one line stand at most this far apart, in heights of their letters. */
  stripGap: 1.5,
  /** Lines of print are about as high as their letters; handwriting and drawings are higher. */
  lowestStrip: 0.6,
  highestStrip: 2.6,
  /** Letters of a line that stands on end are closer than lines of a page are, and the line is this much longer than wide. */
  standingGap: 0.8,
  standingShape: 2.5,
  /** A doubtful word right beside one that is as sure as this is kept: forms .725 to .733, book pages .938 to .944. */
  sureNeighbour: 0.8,
  /**
   * What stands alone is a word from here on, found on all kinds but kept near what charts, tables and books want: of two letters or
   * fewer below .7 hardly one in six is right, of figures about half, of longer words below .4 a quarter.
   */
  leastShortConfidence: 0.7,
  leastFigureConfidence: 0.35,
  leastConfidence: 0.4,
  /**
   * Right beside a sure word a doubtful one is a word from `least` on, at most `gap` heights away. Lines of books are set with wide gaps, and
   * of their words those in quotation marks are read with no confidence at all: pages .9674 to .9678, receipts .8470 to .8473, forms and
   * tables .0003 less or none.
   */
  beside: { short: { least: 0.2, gap: 1 }, long: { least: 0, gap: 1.5 } },
  /** An unsure word this much higher or lower than the sure ones of its page is ink: receipts .002, charts .003. */
  sureOfSize: 0.6,
  highestDoubtful: 2,
  lowestDoubtful: 0.4,
  /** A reading with a lower mean confidence may be of a page that lies turned: upside down gives .39, upright .75. */
  turnedConfidence: 0.6,
  /** Letters lower than this are read with little confidence also upright; only less than this is evidence of a turn. */
  readableHeight: 10,
  headDownConfidence: 0.45,
  /** A turned reading must be this much surer than the upright one. */
  turnedGain: 0.12,
  /** The engine takes lines along the side of a page for lines that run down it: it reads these, and botches others. */
  turnOfSureWordsOnEnd: 270,
  turnOfUnsureWordsOnEnd: 90,
  /** Lines that run across a page so much better than up it show that it lies on neither side, and the other way round. Of 39 upright pages of lines 35 have it, all on their side. */
  clearlyFlat: 2,
  /** The turned reading must be worth at least this much of the upright one: it may be the same words, upright. */
  turnedWorth: 0.9,
  /** Fewer letters than this are no evidence of anything. */
  leastLetters: 20,
} as const);
