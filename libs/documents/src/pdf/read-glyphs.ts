import type { Box } from '@waybill/contracts';
import type { HiddenCause } from '@waybill/document-layout';
import type { PdfPage } from './pdf-page.js';
import type { Pdfium } from './pdfium.js';

/** One character of a text layer. */
export interface Glyph {
  /** Several letters for a ligature. */
  readonly text: string;
  /** The drawn shape, in points of the displayed page. */
  readonly box: Box;
  /** Size of the font as drawn, in points. */
  readonly emPoints: number;
  /** 0..3, clockwise, in the page's own space. */
  readonly quarterTurn: number;
  /** No Unicode mapping, or a private one. */
  readonly isUnmapped: boolean;
  /** Some number that tells fonts apart. */
  readonly font: number;
  /** How far the shape reaches above the baseline, as a share of the font's size. */
  readonly heightEm: number;
  /** Why it does not show, as far as that is clear without drawing the page. */
  readonly hidden?: HiddenCause;
}

const invisibleRenderMode = 3;
/** Text smaller than this, in points, cannot be read by anyone. */
const smallestPoints = 2;

/** The characters of a page in the layer's order, with `space` where words end. */
export function* readGlyphs(page: PdfPage): Generator<Glyph | 'space'> {
  const { pdfium } = page;
  const text = pdfium._FPDFText_LoadPage(page.pointer);
  if (text === 0) return;
  const out = pdfium.wasmExports.malloc(64);
  try {
    const count = pdfium._FPDFText_CountChars(text);
    for (let index = 0; index < count; index += 1) {
      const code = pdfium._FPDFText_GetUnicode(text, index);
      const character = pdfium._FPDFText_IsHyphen(text, index) === 1 ? '-' : characterOf(code);
      if (character.trim() === '') yield 'space';
      else {
        const glyph = glyphAt(page, { text, index, out }, { code, character });
        if (glyph) yield glyph;
      }
    }
  } finally {
    pdfium.wasmExports.free(out);
    pdfium._FPDFText_ClosePage(text);
  }
}

interface Place {
  readonly text: number;
  readonly index: number;
  readonly out: number;
}

function glyphAt(
  page: PdfPage,
  { text, index, out }: Place,
  { code, character }: { code: number; character: string },
): Glyph | undefined {
  const { pdfium } = page;
  if (!pdfium._FPDFText_GetCharBox(text, index, out, out + 8, out + 16, out + 24)) return undefined;
  const sides = doubles(pdfium, out, 4);
  const box = boxOf(page, sides);
  const emPoints = pdfium._FPDFText_GetFontSize(text, index) * scaleOf(pdfium, { text, index, out });
  const quarterTurn = (Math.round(pdfium._FPDFText_GetCharAngle(text, index) / (Math.PI / 2)) + 4) % 4;
  const object = pdfium._FPDFText_GetTextObject(text, index);
  const hidden = hiddenCause(page, { box, emPoints, object });
  return {
    text: character,
    box,
    emPoints,
    quarterTurn,
    isUnmapped: isPrivate(code) || pdfium._FPDFText_HasUnicodeMapError(text, index) === 1,
    font: object === 0 ? 0 : pdfium._FPDFTextObj_GetFont(object),
    heightEm: reachAbove(pdfium, { text, index, out }, { sides, quarterTurn }) / Math.max(emPoints, 0.01),
    ...(hidden ? { hidden } : {}),
  };
}

function hiddenCause(
  page: PdfPage,
  { box: [x0, y0, x1, y1], emPoints, object }: { box: Box; emPoints: number; object: number },
): HiddenCause | undefined {
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (x < 0 || y < 0 || x > page.width || y > page.height) return 'off-page';
  if (object !== 0 && page.pdfium._FPDFTextObj_GetTextRenderMode(object) === invisibleRenderMode) return 'invisible';
  return emPoints < smallestPoints && Math.max(x1 - x0, y1 - y0) < smallestPoints ? 'tiny' : undefined;
}

/** Left, right, bottom, top of the page's own space, as GetCharBox orders them, to a box of the displayed page. */
function boxOf(page: PdfPage, [left = 0, right = 0, bottom = 0, top = 0]: readonly number[]): Box {
  const [xa, ya] = page.toDisplay(left, bottom);
  const [xb, yb] = page.toDisplay(right, top);
  return [Math.min(xa, xb), Math.min(ya, yb), Math.max(xa, xb), Math.max(ya, yb)];
}

/** How much larger text is drawn than its font size says. */
function scaleOf(pdfium: Pdfium, { text, index, out }: Place): number {
  if (!pdfium._FPDFText_GetMatrix(text, index, out)) return 1;
  const [, , c = 0, d = 1] = pdfium.HEAPF32.subarray(out / 4, out / 4 + 4);
  return Math.hypot(c, d) || 1;
}

/** Points from the baseline to the far side of the shape: for text on end, to the farther one. */
function reachAbove(
  pdfium: Pdfium,
  { text, index, out }: Place,
  { sides, quarterTurn }: { sides: readonly number[]; quarterTurn: number },
): number {
  if (!pdfium._FPDFText_GetCharOrigin(text, index, out, out + 8)) return 0;
  const [x = 0, y = 0] = doubles(pdfium, out, 2);
  const [left = 0, right = 0, bottom = 0, top = 0] = sides;
  if (quarterTurn === 0) return top - y;
  return quarterTurn === 2 ? y - bottom : Math.max(right - x, x - left);
}

const doubles = (pdfium: Pdfium, at: number, count: number): number[] => [
  ...pdfium.HEAPF64.subarray(at / 8, at / 8 + count),
];

function characterOf(code: number): string {
  if (code === 0xad || code < 0x20) return code === 2 ? '-' : ' ';
  const character = String.fromCodePoint(Math.min(code, 0x10_ff_ff));
  // Ligatures are one glyph but several letters.
  return code >= 0xfb00 && code <= 0xfb06 ? character.normalize('NFKC') : character;
}

const isPrivate = (code: number): boolean =>
  code === 0xfffd || code === 0 || (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf_0000;
