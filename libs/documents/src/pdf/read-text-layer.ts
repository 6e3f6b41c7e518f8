import { rateLetterShapes, type LayerWord, type LetterShape } from '@waybill/document-layout';
import { readGlyphs, type Glyph } from './read-glyphs.js';
import type { PdfPage } from './pdf-page.js';

/** The words a PDF page carries as text. Boxes are points of the displayed page, origin top left. */
export interface TextLayer {
  /** In the order of the text; hidden ones as far as this shows without drawing the page. */
  words: LayerWord[];
  /** Clockwise turn, in degrees, that brings most of the text upright on the displayed page. */
  rotation: 0 | 90 | 180 | 270;
  /** Characters that show on the page. */
  shownCharacters: number;
  /** Of these, the ones without a usable meaning: no Unicode mapping, or a private one. */
  unmappedCharacters: number;
  /** Share of the letters that have the shape of another letter, 0..1. */
  misshapenShare: number;
}

/** A gap of this share of the font size ends a word, also where the PDF has no space. */
const wordGapShare = 0.35;
/** Characters that a word needs to be crowded, and the room each has at least as a share of its height, in any script that people read. */
const crowdedCharacters = 2;
const leastRoomShare = 0.15;

/** Reads the text layer character by character, and joins what stands together into words. */
export function readTextLayer(page: PdfPage): TextLayer {
  const layer: TextLayer = { words: [], rotation: 0, shownCharacters: 0, unmappedCharacters: 0, misshapenShare: 0 };
  const turns = [0, 0, 0, 0];
  const shapes: LetterShape[] = [];
  let word: Glyph[] = [];
  const endWord = (): void => {
    if (word.length > 0) layer.words.push(wordOf(word, page.quarterTurns));
    word = [];
  };
  for (const glyph of readGlyphs(page)) {
    if (glyph === 'space') {
      endWord();
      continue;
    }
    if (glyph.hidden === undefined) {
      layer.shownCharacters += 1;
      if (glyph.isUnmapped) layer.unmappedCharacters += 1;
      turns[glyph.quarterTurn] = (turns[glyph.quarterTurn] ?? 0) + 1;
      shapes.push({ font: glyph.font, letter: glyph.text, height: glyph.heightEm });
    }
    const previous = word.at(-1);
    if (previous && !isSameWord(previous, glyph)) endWord();
    word.push(glyph);
  }
  endWord();
  layer.misshapenShare = rateLetterShapes(shapes);
  // A character's angle runs clockwise in the page's own space; /Rotate then turns the page clockwise, too.
  const textTurn = turns.indexOf(Math.max(...turns));
  layer.rotation = (((8 - textTurn - page.quarterTurns) % 4) * 90) as TextLayer['rotation'];
  return layer;
}

function isSameWord(previous: Glyph, next: Glyph): boolean {
  if (previous.quarterTurn !== next.quarterTurn || previous.hidden !== next.hidden) return false;
  const gap = Math.max(
    next.box[0] - previous.box[2],
    previous.box[0] - next.box[2],
    next.box[1] - previous.box[3],
    previous.box[1] - next.box[3],
  );
  const size = Math.max(previous.box[3] - previous.box[1], next.box[3] - next.box[1], previous.emPoints, 1);
  return gap <= wordGapShare * size;
}

function wordOf(glyphs: readonly Glyph[], pageTurns: number): LayerWord {
  const edge = (side: 0 | 1 | 2 | 3): number[] => glyphs.map(({ box }) => box[side]);
  const box: LayerWord['box'] = [
    Math.min(...edge(0)),
    Math.min(...edge(1)),
    Math.max(...edge(2)),
    Math.max(...edge(3)),
  ];
  const hidden = glyphs[0]?.hidden ?? (isCrowded(glyphs, box, pageTurns) ? 'crowded' : undefined);
  return { text: glyphs.map(({ text }) => text).join(''), box, confidence: 1, ...(hidden ? { hidden } : {}) };
}

/**
 * A replacement text (/ActualText) of many words for a few drawn letters gets slivers of their room. The box is on the
 * displayed page, which `pageTurns` quarters part from the space that letters are turned in.
 */
function isCrowded(glyphs: readonly Glyph[], [x0, y0, x1, y1]: LayerWord['box'], pageTurns: number): boolean {
  if (glyphs.length < crowdedCharacters) return false;
  const isLying = (((glyphs[0]?.quarterTurn ?? 0) + pageTurns) & 1) === 0;
  const [length, height] = isLying ? [x1 - x0, y1 - y0] : [y1 - y0, x1 - x0];
  return length < leastRoomShare * height * glyphs.length;
}
