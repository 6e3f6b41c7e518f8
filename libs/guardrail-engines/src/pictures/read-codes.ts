import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { GrayPicture, PageCode } from '@waybill/guardrails';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Codes that hold texts and links; those of goods hold only numbers. */
const formats = ['QRCode', 'MicroQRCode', 'DataMatrix', 'Aztec'] as const;
let ready: Promise<unknown> | undefined;

/** The library would fetch its WebAssembly from the network; it is given the bytes that came with the package instead. */
async function prepare(): Promise<void> {
  const bytes = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  const wasmBinary = new Uint8Array(bytes).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}

/** Two-dimensional codes in a picture, with boxes as shares of it. */
export async function readCodes({ data, width, height }: GrayPicture): Promise<PageCode[]> {
  await (ready ??= prepare());
  // Four bytes at once: red, green and blue alike, opaque.
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = 0xff000000 | ((data[at] ?? 255) * 0x010101);
  const picture = { data: new Uint8ClampedArray(pixels.buffer), width, height, colorSpace: 'srgb' as const };
  const options = { formats: [...formats], tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: true };
  const found = await readBarcodes(picture, options);
  return found
    .filter(({ isValid, text }) => isValid && text !== '')
    .map(({ text, format, position: { topLeft, topRight, bottomLeft, bottomRight } }) => {
      const corners = [topLeft, topRight, bottomLeft, bottomRight];
      const [xs, ys] = [corners.map(({ x }) => x / width), corners.map(({ y }) => y / height)];
      return { text, format, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
    });
}
