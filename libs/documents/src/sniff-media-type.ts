import { StageError } from '@waybill/jobs';
import { fileTypeFromBuffer } from 'file-type';

export const imageMediaTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/tiff',
] as const;
export const documentMediaTypes = [...imageMediaTypes, 'application/pdf'] as const;
export type DocumentMediaType = (typeof documentMediaTypes)[number];

const readable = 'JPEG, PNG, WebP, GIF, AVIF, TIFF and PDF';
/** Readers find a PDF's header anywhere in its first kilobyte; scanners and mail gateways put things before it. */
const pdfHeaderWindowBytes = 1_024;
const sniffedBytes = 65_536;

/**
 * What the bytes are, from the bytes alone; names and declared types lie.
 * @throws StageError `unsupported-format`, saying what it seems to be
 */
export async function sniffMediaType(bytes: Uint8Array): Promise<DocumentMediaType> {
  if (bytes.length === 0) throw unsupported('The document is empty');
  const head = bytes.subarray(0, sniffedBytes);
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const known = documentMediaTypes.find((type) => type === found?.mime);
  if (known) return known;
  if (!found && asLatin1(head.subarray(0, pdfHeaderWindowBytes)).includes('%PDF-')) return 'application/pdf';
  if (!found && isTiff(head)) return 'image/tiff';
  if (found) throw unsupported(`The document is of type ${found.mime}`);
  throw unsupported(
    /^\s*<(\?xml|svg|!doctype|html)/i.test(asLatin1(head.subarray(0, 512)))
      ? 'The document is markup'
      : 'The document’s bytes are of no known type',
  );
}

/** `II*\\0` or `MM\\0*` with a first directory that lies after the header: file-type wants one of the usual places. */
const isTiff = (head: Uint8Array): boolean =>
  /^(II\x2a\0|MM\0\x2a|II\x2b\0|MM\0\x2b)/.test(asLatin1(head.subarray(0, 4)));

const asLatin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

const unsupported = (finding: string): StageError =>
  new StageError('unsupported-format', `${finding}; send one of ${readable}.`);
