import type { RawWord } from '@waybill/document-layout';
import type { PdfPage } from './pdf-page.js';
import { withMemory } from './pdfium.js';

/** The words a PDF page carries as text. Boxes are points of the displayed page, origin top left. */
export interface TextLayer {
  words: RawWord[];
  /** Clockwise turn, in degrees, that brings most of the text upright on the displayed page. */
  rotation: 0 | 90 | 180 | 270;
  /** Characters that show on the page. */
  shownCharacters: number;
  /** Of these, the ones without a usable meaning: no Unicode mapping, or a private one. */
  unmappedCharacters: number;
  /** Characters that do not show: invisible text, or off the page. They are not among the words. */
  hiddenCharacters: number;
}

const invisibleRenderMode = 3;
/** Text below this size, in points, cannot be read by anyone. */
const smallestFontPoints = 1;
/** A gap of this share of the font size ends a word, also where the PDF has no space. */
const wordGapShare = 0.35;

interface Glyph {
  text: string;
  box: [number, number, number, number];
  fontPoints: number;
  quarterTurn: number;
}

/** Reads the text layer character by character, and joins what stands together into words. */
export function readTextLayer(page: PdfPage): TextLayer {
  const { pdfium } = page;
  const text = pdfium._FPDFText_LoadPage(page.pointer);
  const layer: TextLayer = { words: [], rotation: 0, shownCharacters: 0, unmappedCharacters: 0, hiddenCharacters: 0 };
  if (text === 0) return layer;
  const turns = [0, 0, 0, 0];
  let word: Glyph[] = [];
  const endWord = (): void => {
    if (word.length > 0) layer.words.push(wordOf(word));
    word = [];
  };
  try {
    withMemory(pdfium, 32, (out) => {
      const count = pdfium._FPDFText_CountChars(text);
      for (let index = 0; index < count; index += 1) {
        const code = pdfium._FPDFText_GetUnicode(text, index);
        const character = pdfium._FPDFText_IsHyphen(text, index) === 1 ? '-' : characterOf(code);
        if (character.trim() === '') {
          endWord();
          continue;
        }
        if (!pdfium._FPDFText_GetCharBox(text, index, out, out + 8, out + 16, out + 24)) continue;
        const glyph: Glyph = {
          text: character,
          box: boxOf(page, pdfium.HEAPF64, out / 8),
          fontPoints: pdfium._FPDFText_GetFontSize(text, index),
          quarterTurn: (Math.round(pdfium._FPDFText_GetCharAngle(text, index) / (Math.PI / 2)) + 4) % 4,
        };
        if (!isShown(page, glyph, pdfium._FPDFText_GetTextObject(text, index))) {
          layer.hiddenCharacters += 1;
          continue;
        }
        layer.shownCharacters += 1;
        if (isUnmapped(code) || pdfium._FPDFText_HasUnicodeMapError(text, index) === 1) layer.unmappedCharacters += 1;
        turns[glyph.quarterTurn] = (turns[glyph.quarterTurn] ?? 0) + 1;
        const previous = word.at(-1);
        if (previous && !isSameWord(previous, glyph)) endWord();
        word.push(glyph);
      }
      endWord();
    });
  } finally {
    pdfium._FPDFText_ClosePage(text);
  }
  // A character's angle runs clockwise in the page's own space; /Rotate then turns the page clockwise, too.
  const textTurn = turns.indexOf(Math.max(...turns));
  layer.rotation = (((8 - textTurn - page.quarterTurns) % 4) * 90) as TextLayer['rotation'];
  return layer;
}

function isShown(page: PdfPage, glyph: Glyph, object: number): boolean {
  const [x0, y0, x1, y1] = glyph.box;
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (x < 0 || y < 0 || x > page.width || y > page.height) return false;
  const heightPoints = Math.max(x1 - x0, y1 - y0);
  if (glyph.fontPoints < smallestFontPoints && heightPoints < smallestFontPoints) return false;
  return object === 0 || page.pdfium._FPDFTextObj_GetTextRenderMode(object) !== invisibleRenderMode;
}

function isSameWord(previous: Glyph, next: Glyph): boolean {
  if (previous.quarterTurn !== next.quarterTurn) return false;
  const gap = Math.max(
    next.box[0] - previous.box[2],
    previous.box[0] - next.box[2],
    next.box[1] - previous.box[3],
    previous.box[1] - next.box[3],
  );
  const size = Math.max(previous.box[3] - previous.box[1], next.box[3] - next.box[1], previous.fontPoints, 1);
  return gap <= wordGapShare * size;
}

function wordOf(glyphs: Glyph[]): RawWord {
  const edge = (side: 0 | 1 | 2 | 3): number[] => glyphs.map(({ box }) => box[side]);
  return {
    text: glyphs.map((glyph) => glyph.text).join(''),
    box: [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))],
    confidence: 1,
  };
}

/** Left, right, bottom, top of the page's own space, as GetCharBox orders them, to a box of the displayed page. */
function boxOf(page: PdfPage, memory: Float64Array, at: number): Glyph['box'] {
  const [left = 0, right = 0, bottom = 0, top = 0] = memory.subarray(at, at + 4);
  const [xa, ya] = page.toDisplay(left, bottom);
  const [xb, yb] = page.toDisplay(right, top);
  return [Math.min(xa, xb), Math.min(ya, yb), Math.max(xa, xb), Math.max(ya, yb)];
}

function characterOf(code: number): string {
  if (code === 0xad || code < 0x20) return code === 2 ? '-' : ' ';
  const character = String.fromCodePoint(Math.min(code, 0x10_ff_ff));
  // Ligatures are one glyph but several letters.
  return code >= 0xfb00 && code <= 0xfb06 ? character.normalize('NFKC') : character;
}

const isUnmapped = (code: number): boolean =>
  code === 0xfffd || code === 0 || (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf_0000;
