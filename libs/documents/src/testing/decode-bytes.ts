import type { DecodedPage } from '@waybill/document-layout';
import { detectFormat } from '../detect-format.js';
import type { DocumentLimits } from '../document-limits.js';
import { OpenedPdfs } from '../opened-pdfs.js';
import { usualLimits } from './usual-limits.js';

interface Decoding {
  readonly page?: number;
  readonly limits?: DocumentLimits;
  readonly password?: string;
}

/** One page of a document, in this thread, by the format that its bytes are of. */
export async function decodeBytes(
  bytes: Uint8Array,
  { page = 1, limits = usualLimits, ...open }: Decoding = {},
): Promise<DecodedPage> {
  const format = await detectFormat(bytes);
  if (format.kind !== 'paged') throw new Error(`${format.name} has no pages of its own.`);
  await format.countPages(bytes, { limits, ...open });
  return format.decodePage({
    sha256: 'test',
    bytes,
    page,
    limits,
    opened: new OpenedPdfs(0),
    textLayerCheck: 'drawn',
    ...open,
  });
}
