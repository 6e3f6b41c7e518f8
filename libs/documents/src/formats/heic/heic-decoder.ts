import { createRequire } from 'node:module';
import { StageError } from '@waybill/jobs';

/** Optional: it brings libheif, which is LGPL, so whoever does not want it leaves it out. */
const decoderPackage = 'heic-decode';

/** @throws StageError `unsupported-format` where the decoder is not installed */
export function refuseWithoutDecoder(
  resolve: (name: string) => unknown = createRequire(import.meta.url).resolve,
): void {
  try {
    resolve(decoderPackage);
  } catch (error) {
    throw new StageError(
      'unsupported-format',
      'The document is a HEIC picture, and its decoder is not installed here; send it as JPEG, or have the operator ' +
        'run "npm install heic-decode".',
      { cause: error },
    );
  }
}

/** The first picture's pixels: red, green, blue, alpha; turned as the file says. Pictures are freed again. */
export async function decodeHeic(bytes: Uint8Array): Promise<{ data: Uint8Array; width: number; height: number }> {
  const { default: decoder } = await import('heic-decode');
  const images = await decoder.all({ buffer: bytes });
  try {
    const [first] = images;
    if (!first) throw new Error('no picture in it');
    const { data } = await first.decode();
    return {
      data: new Uint8Array(data.buffer, data.byteOffset, data.length),
      width: first.width,
      height: first.height,
    };
  } finally {
    images.dispose();
  }
}
