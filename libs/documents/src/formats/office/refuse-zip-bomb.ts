import { inflateRawSync } from 'node:zlib';
import { StageError } from '@waybill/jobs';
import type { DocumentLimits } from '../../document-limits.js';
import { zipDirectory, type ZipEntry } from './zip-directory.js';

const localHeaderBytes = 30;
const stored = 0;
const deflated = 8;

/** How a declaration begins, in the encodings of XML. */
const declarations = (['utf8', 'utf16le'] as const).flatMap((encoding) =>
  ['<!DOCTYPE', '<!ENTITY'].map((words) => Buffer.from(words, encoding)),
);

/**
 * Unpacks every file of a ZIP, one after the other, and keeps none: what a directory states about sizes may be a lie. The
 * XML of Office has no declarations of types (ECMA-376, part 2, 8.1.4): entities may grow without bound or reach out.
 * @throws StageError `too-large`, or `unreadable-document` for what cannot be unpacked or declares something
 */
export function refuseZipBomb(bytes: Uint8Array, name: string, limits: DocumentLimits): void {
  let left = limits.maxUnpackedBytes;
  for (const entry of zipDirectory(bytes)) {
    const unpacked = unpack(bytes, entry, { name, limits, left });
    left -= unpacked.length;
    if (left < 0) throw tooLarge(name, limits);
    if (/\.(xml|rels|vml)$/i.test(entry.name) && declarations.some((words) => unpacked.includes(words))) {
      throw declaring(name);
    }
  }
}

function unpack(
  bytes: Uint8Array,
  { at, method, packedBytes }: ZipEntry,
  { name, limits, left }: { name: string; limits: DocumentLimits; left: number },
): Buffer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + localHeaderBytes > bytes.length) throw damaged(name);
  const start = at + localHeaderBytes + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packedBytes > bytes.length) throw damaged(name);
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset + start, packedBytes);
  if (method === stored) return packed;
  if (method !== deflated) throw damaged(name);
  try {
    return inflateRawSync(Uint8Array.from(packed), { maxOutputLength: Math.max(1, left) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, limits);
    throw damaged(name, error);
  }
}

const tooLarge = (name: string, { maxUnpackedBytes }: DocumentLimits): StageError =>
  new StageError(
    'too-large',
    `The ${name} document unpacks to more than ${maxUnpackedBytes} bytes, the limit. ` +
      `Send it as PDF, or raise WAYBILL_MAX_UNPACKED_BYTES.`,
  );

const declaring = (name: string): StageError =>
  new StageError(
    'unreadable-document',
    `The ${name} document declares entities or types, which are not read; save it anew, or send it as PDF.`,
  );

const damaged = (name: string, cause?: unknown): StageError =>
  new StageError('unreadable-document', `The ${name} document is damaged; save it anew, or send it as PDF.`, { cause });
