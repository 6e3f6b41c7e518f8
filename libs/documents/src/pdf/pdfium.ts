import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';

type Pointer = number;

/** WebAssembly's own; its types come with those of browsers. */
interface GrowingMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/**
 * The part of PDFium's C interface that is used here, as its WebAssembly build exports it: `fpdfview.h`, `fpdf_text.h`,
 * `fpdf_edit.h`, `fpdf_flatten.h`. Pages, documents and bitmaps are addresses; every "out" argument is one too.
 */
export interface Pdfium {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
  readonly wasmExports: {
    readonly memory: GrowingMemory;
    malloc(bytes: number): Pointer;
    free(pointer: Pointer): void;
  };
  _FPDF_LoadMemDocument(data: Pointer, sizeBytes: number, password: Pointer): Pointer;
  _FPDF_GetLastError(): number;
  _FPDF_CloseDocument(document: Pointer): void;
  _FPDF_GetPageCount(document: Pointer): number;
  _FPDF_LoadPage(document: Pointer, index: number): Pointer;
  _FPDF_ClosePage(page: Pointer): void;
  _FPDF_GetPageWidthF(page: Pointer): number;
  _FPDF_GetPageHeightF(page: Pointer): number;
  _FPDF_PageToDevice(
    page: Pointer,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    pageX: number,
    pageY: number,
    deviceX: Pointer,
    deviceY: Pointer,
  ): number;
  _FPDFPage_GetRotation(page: Pointer): number;
  _FPDFPage_GetAnnotCount(page: Pointer): number;
  _FPDFPage_Flatten(page: Pointer, usage: number): number;
  _FPDFPage_CountObjects(page: Pointer): number;
  _FPDFPage_GetObject(page: Pointer, index: number): Pointer;
  _FPDFPageObj_SetIsActive(object: Pointer, active: number): number;
  _FPDFFormObj_CountObjects(form: Pointer): number;
  _FPDFFormObj_GetObject(form: Pointer, index: number): Pointer;
  _FPDFPageObj_GetType(object: Pointer): number;
  _FPDFPageObj_GetBounds(object: Pointer, left: Pointer, bottom: Pointer, right: Pointer, top: Pointer): number;
  _FPDFPageObj_GetMatrix(object: Pointer, matrix: Pointer): number;
  _FPDFPath_GetDrawMode(path: Pointer, fillMode: Pointer, stroke: Pointer): number;
  _FPDFPath_CountSegments(path: Pointer): number;
  _FPDFPath_GetPathSegment(path: Pointer, index: number): Pointer;
  _FPDFPathSegment_GetPoint(segment: Pointer, x: Pointer, y: Pointer): number;
  _FPDFPathSegment_GetType(segment: Pointer): number;
  _FPDFPathSegment_GetClose(segment: Pointer): number;
  _FPDFImageObj_GetImagePixelSize(object: Pointer, width: Pointer, height: Pointer): number;
  _FPDFText_LoadPage(page: Pointer): Pointer;
  _FPDFText_ClosePage(text: Pointer): void;
  _FPDFText_CountChars(text: Pointer): number;
  _FPDFText_GetUnicode(text: Pointer, index: number): number;
  _FPDFText_HasUnicodeMapError(text: Pointer, index: number): number;
  _FPDFText_IsHyphen(text: Pointer, index: number): number;
  _FPDFText_GetFontSize(text: Pointer, index: number): number;
  _FPDFText_GetCharAngle(text: Pointer, index: number): number;
  _FPDFText_GetCharOrigin(text: Pointer, index: number, x: Pointer, y: Pointer): number;
  _FPDFText_GetMatrix(text: Pointer, index: number, matrix: Pointer): number;
  _FPDFText_GetCharBox(
    text: Pointer,
    index: number,
    left: Pointer,
    right: Pointer,
    bottom: Pointer,
    top: Pointer,
  ): number;
  _FPDFText_GetTextObject(text: Pointer, index: number): Pointer;
  _FPDFTextObj_GetFont(object: Pointer): Pointer;
  _FPDFTextObj_GetTextRenderMode(object: Pointer): number;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, pixels: Pointer, stride: number): Pointer;
  _FPDFBitmap_FillRect(bitmap: Pointer, left: number, top: number, width: number, height: number, color: number): void;
  _FPDFBitmap_Destroy(bitmap: Pointer): void;
  _FPDF_RenderPageBitmap(
    bitmap: Pointer,
    page: Pointer,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    flags: number,
  ): void;
}

const wasmPageBytes = 65_536;
let loading: Promise<Pdfium> | undefined;

/** PDFium, loaded once in a thread. The package keeps the raw module private; its version is pinned for that. */
export function loadPdfium(): Promise<Pdfium> {
  loading ??= PDFiumLibrary.init({ instantiateWasm: instantiateHere }).then(
    (library) => (library as unknown as { module: Pdfium }).module,
  );
  return loading;
}

interface WebAssemblyDoor {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => object;
}

/**
 * Compiles in this thread, which has nothing else to do. Left to itself the package compiles in the background, and on a busy
 * machine the answer sometimes never came: the page waited until its limit, with "dependency: wasm-instantiate" as last words.
 */
function instantiateHere(imports: object, give: (instance: object, module: object) => void): object {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyDoor }).WebAssembly;
  const module = new Module(readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm')));
  const instance = new Instance(module, imports);
  give(instance, module);
  return {};
}

let growth: GrowingMemory['grow'] | undefined;
let isMemoryShort = false;

/**
 * Lets PDFium's memory grow to `maxBytes` and no further: pages can be made to take all there is. What is refused here
 * PDFium does not survive, so its thread must end.
 */
export function limitPdfiumMemory({ wasmExports: { memory } }: Pdfium, maxBytes: number): void {
  growth ??= memory.grow.bind(memory);
  const grow = growth;
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * wasmPageBytes > maxBytes) {
      isMemoryShort = true;
      throw new RangeError(`PDFium wants more than ${maxBytes} bytes.`);
    }
    return grow(pages);
  };
}

/** Whether memory was refused to PDFium in this thread. */
export const isPdfiumMemoryShort = (): boolean => isMemoryShort;

/** Memory that PDFium holds in this thread; 0 while it has not been needed. */
export const pdfiumMemoryBytes = async (): Promise<number> => (loading ? (await loading).HEAPU8.length : 0);

/** Runs `use` with a scratch block of the module's memory. */
export function withMemory<Result>(pdfium: Pdfium, bytes: number, use: (pointer: Pointer) => Result): Result {
  const pointer = pdfium.wasmExports.malloc(bytes);
  if (pointer === 0) throw new RangeError(`PDFium has no ${bytes} bytes left.`);
  try {
    return use(pointer);
  } finally {
    pdfium.wasmExports.free(pointer);
  }
}
