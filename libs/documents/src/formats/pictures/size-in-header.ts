import { imageSize } from 'image-size';

/**
 * Width and height in pixels, from the header alone: no decoder is opened and no thread is asked. Undefined where the header
 * is not understood; the decoder then says what is wrong.
 */
export function sizeInHeader(bytes: Uint8Array): readonly [width: number, height: number] | undefined {
  try {
    const { width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? [width, height] : undefined;
  } catch {
    return undefined;
  }
}
