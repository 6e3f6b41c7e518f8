import type { Box } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { objectsOf, objectTypes, placed } from './page-objects.js';
import { withMemory, type Pdfium } from './pdfium.js';

/** Maps points of the page's own space (origin bottom left, /Rotate not applied) to the displayed page (top left). */
export type ToDisplay = (x: number, y: number) => readonly [x: number, y: number];

/** A picture drawn on the page. */
export interface PlacedImage {
  /** What of it lies on the displayed page, in points. */
  readonly box: Box;
  /** Share of the displayed page that its bounding box covers, 0..1. */
  readonly share: number;
  /** Of its own pixels as placed. */
  readonly dpi: number;
}

const flattenForDisplay = 0;
const flattenFailed = 0;
/** PageToDevice gives whole numbers: measured on a device this many times the page, they are fine enough. */
const deviceUnitsPerPoint = 1_000;

/** One opened page of a PDF. Sizes are points (1/72 inch) of the page as displayed: /Rotate and crop box applied. */
export class PdfPage {
  readonly pdfium: Pdfium;
  readonly pointer: number;
  readonly width: number;
  readonly height: number;
  /** The page's /Rotate: quarter turns, clockwise. */
  readonly quarterTurns: number;
  readonly toDisplay: ToDisplay;

  private constructor(pdfium: Pdfium, pointer: number) {
    this.pdfium = pdfium;
    this.pointer = pointer;
    this.width = pdfium._FPDF_GetPageWidthF(pointer);
    this.height = pdfium._FPDF_GetPageHeightF(pointer);
    this.quarterTurns = pdfium._FPDFPage_GetRotation(pointer);
    this.toDisplay = this.#measureToDisplay();
  }

  /** @throws StageError `unreadable-page` */
  static open(pdfium: Pdfium, document: number, page: number): PdfPage {
    const load = (): number => {
      const pointer = pdfium._FPDF_LoadPage(document, page - 1);
      if (pointer === 0) throw unreadablePage(`Page ${page} of the PDF is damaged and cannot be opened.`);
      return pointer;
    };
    let pointer = load();
    // Form values and stamps live in annotations, outside the text; flattened, they are text like any other.
    if (pdfium._FPDFPage_GetAnnotCount(pointer) > 0) {
      const isFlat = pdfium._FPDFPage_Flatten(pointer, flattenForDisplay) !== flattenFailed;
      if (isFlat) {
        pdfium._FPDF_ClosePage(pointer);
        pointer = load();
      }
    }
    const opened = new PdfPage(pdfium, pointer);
    if (opened.width > 0 && opened.height > 0) return opened;
    opened.close();
    throw unreadablePage(`Page ${page} of the PDF states a size of ${opened.width} x ${opened.height} points.`);
  }

  /** The pictures drawn on the page, largest first. */
  images(): PlacedImage[] {
    const { pdfium } = this;
    const found: PlacedImage[] = [];
    const pictures = objectsOf(this).filter(({ type }) => type === objectTypes.image);
    withMemory(pdfium, 16, (out) => {
      for (const { pointer: object, toPage } of pictures) {
        if (!pdfium._FPDFPageObj_GetBounds(object, out, out + 4, out + 8, out + 12)) continue;
        const [left, bottom, right, top] = pdfium.HEAPF32.slice(out / 4, out / 4 + 4) as unknown as Quad;
        const [x0, y0] = this.toDisplay(...placed([left, bottom], toPage));
        const [x1, y1] = this.toDisplay(...placed([right, top], toPage));
        const box: Box = [
          Math.max(Math.min(x0, x1), 0),
          Math.max(Math.min(y0, y1), 0),
          Math.min(Math.max(x0, x1), this.width),
          Math.min(Math.max(y0, y1), this.height),
        ];
        const [width, height] = [box[2] - box[0], box[3] - box[1]];
        if (width <= 0 || height <= 0) continue;
        pdfium._FPDFImageObj_GetImagePixelSize(object, out, out + 4);
        const pixels = (pdfium.HEAP32[out / 4] ?? 0) * (pdfium.HEAP32[out / 4 + 1] ?? 0);
        const inches = (Math.abs(x1 - x0) * Math.abs(y1 - y0)) / (72 * 72);
        found.push({ box, share: (width * height) / (this.width * this.height), dpi: Math.sqrt(pixels / inches) });
      }
    });
    return found.sort((a, b) => b.share - a.share);
  }

  close(): void {
    this.pdfium._FPDF_ClosePage(this.pointer);
  }

  #measureToDisplay(): ToDisplay {
    const { pdfium, pointer } = this;
    const size = (points: number): number => Math.round(Math.min(points * deviceUnitsPerPoint, 1_000_000_000));
    const [sizeX, sizeY] = [size(this.width), size(this.height)];
    const at = (x: number, y: number): readonly [number, number] =>
      withMemory(pdfium, 8, (out) => {
        pdfium._FPDF_PageToDevice(pointer, 0, 0, sizeX, sizeY, 0, x, y, out, out + 4);
        const [deviceX, deviceY] = [pdfium.HEAP32[out / 4] ?? 0, pdfium.HEAP32[out / 4 + 1] ?? 0];
        return [(deviceX / sizeX) * this.width, (deviceY / sizeY) * this.height];
      });
    const [originX, originY] = at(0, 0);
    const [rightX, rightY] = at(100, 0).map((value, axis) => (value - (axis === 0 ? originX : originY)) / 100) as Pair;
    const [upX, upY] = at(0, 100).map((value, axis) => (value - (axis === 0 ? originX : originY)) / 100) as Pair;
    return (x, y) => [originX + x * rightX + y * upX, originY + x * rightY + y * upY];
  }
}

type Pair = [number, number];
type Quad = [number, number, number, number];

const unreadablePage = (sentence: string): StageError => new StageError('unreadable-page', sentence);
