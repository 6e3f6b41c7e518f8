import type { Box } from '@waybill/contracts';
import type { RawWord } from '@waybill/document-layout';
import type { GrayImage } from './gray-image.js';
import { cropOf } from './cut-out.js';
import type { Strip } from './unread-strips.js';
import { boxBeforeTurn, turnPage } from './turn-page.js';

/** Strips of a picture, set below one another on a white sheet, with the way back. */
export interface StripSheet {
  readonly image: GrayImage;
  /** A word that was read on the sheet, where it stands in the picture; undefined between strips. */
  readonly toPicture: (word: RawWord) => RawWord | undefined;
}

interface Placed {
  readonly strip: GrayImage;
  readonly cut: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly direction: Strip['direction'];
  readonly y: number;
}

/** Sets strips (boxes in pixels of the picture) on a sheet. `margin` is left around each, in pixels. */
export async function setStrips(picture: GrayImage, strips: readonly Strip[], margin: number): Promise<StripSheet> {
  const placed: Placed[] = [];
  let y = margin;
  for (const { box, direction } of strips) {
    const left = Math.max(0, Math.floor(box[0] - margin / 2));
    const top = Math.max(0, Math.floor(box[1] - margin / 2));
    const right = Math.min(picture.width, Math.ceil(box[2] + margin / 2));
    const bottom = Math.min(picture.height, Math.ceil(box[3] + margin / 2));
    if (right - left < 2 || bottom - top < 2) continue;
    const cutOut = cropOf(picture, { left, top, right, bottom });
    const strip = direction === 'up' ? await turnPage(cutOut, 90) : cutOut;
    placed.push({ strip, cut: { left, top, width: right - left, height: bottom - top }, direction, y });
    y += strip.height + margin;
  }
  const width = Math.max(1, ...placed.map(({ strip }) => strip.width)) + 2 * margin;
  const data = new Uint8Array(width * (y + margin)).fill(255);
  for (const { strip, y: top } of placed) {
    for (let row = 0; row < strip.height; row += 1) {
      data.set(strip.data.subarray(row * strip.width, (row + 1) * strip.width), (top + row) * width + margin);
    }
  }
  return { image: { data, width, height: y + margin }, toPicture: (word) => fromSheet(word, placed, margin) };
}

function fromSheet(word: RawWord, placed: readonly Placed[], margin: number): RawWord | undefined {
  const middle = (word.box[1] + word.box[3]) / 2;
  const found = placed.find(({ y, strip }) => middle >= y && middle < y + strip.height);
  if (!found) return undefined;
  const { cut, direction, y } = found;
  const inside: Box = [word.box[0] - margin, word.box[1] - y, word.box[2] - margin, word.box[3] - y];
  const [x0, y0, x1, y1] = boxBeforeTurn(inside, direction === 'up' ? 90 : 0, cut);
  return { ...word, box: [x0 + cut.left, y0 + cut.top, x1 + cut.left, y1 + cut.top] };
}
