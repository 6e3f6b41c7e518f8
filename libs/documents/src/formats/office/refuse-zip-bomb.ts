import { inflateRawSync } from 'node:zlib';
import { StageError } from '@waybill/jobs';
import type { DocumentLimits } from '../../document-limits.js';
import { zipDirectory, type ZipEntry } from './zip-directory.js';

const localHeaderBytes = 30;
const stored = 0;
const deflated = 8;

/**
 * Unpacks every file of a ZIP, one after the other, and keeps none: what a directory states about sizes may be a lie.
 * @throws StageError `too-large`, or `unreadable-document` for what cannot be unpacked
 */
export function refuseZipBomb(bytes: Uint8Array, name: string, limits: DocumentLimits): void {
  let left = limits.maxUnpackedBytes;
  for (const entry of zipDirectory(bytes)) {
    left -= unpackedBytes(bytes, entry, { name, limits, left });
    if (left < 0) throw tooLarge(name, limits);
  }
}

function unpackedBytes(
  bytes: Uint8Array,
  { at, method, packedBytes }: ZipEntry,
  { name, limits, left }: { name: string; limits: DocumentLimits; left: number },
): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + localHeaderBytes > bytes.length) throw damaged(name);
  const start = at + localHeaderBytes + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + packedBytes > bytes.length) throw damaged(name);
  if (method === stored) return packedBytes;
  if (method !== deflated) throw damaged(name);
  try {
    return inflateRawSync(Uint8Array.from(bytes.subarray(start, start + packedBytes)), {
      maxOutputLength: Math.max(1, left),
    }).length;
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

const damaged = (name: string, cause?: unknown): StageError =>
  new StageError('unreadable-document', `The ${name} document is damaged; save it anew, or send it as PDF.`, { cause });
