import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { StageError } from '@waybill/jobs';

/** A key of a tenant's content, and the name it has in what it sealed: 16 hexadecimal digits. */
export interface DataKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

const magic = Buffer.from([0x00, 0x57, 0x42, 0x31]);
const idBytes = 8;
const saltBytes = 16;
const tagBytes = 16;
const frameBytes = 65_536;
const headerBytes = magic.length + idBytes + saltBytes;
const algorithm = 'aes-256-gcm';

/** Whether bytes begin as sealed ones do; JSON, gzip and text begin otherwise. */
export const isSealed = (bytes: Uint8Array): boolean =>
  bytes.length >= headerBytes + tagBytes && magic.equals(bytes.subarray(0, magic.length));

/** The name of the key that opens sealed bytes; their first 12 are enough. */
export const keyIdOf = (sealed: Uint8Array): string =>
  Buffer.from(sealed.subarray(magic.length, magic.length + idBytes)).toString('hex');

/**
 * Seals a stream frame by frame (docs/data.md has the format): memory stays at two frames. Every frame is authenticated
 * with its place and with whether it is the last, so that frames cannot be left out, moved, repeated or cut off.
 * @param context what the bytes are; they open only as the same
 */
export async function* sealFrames(
  key: DataKey,
  context: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const header = Buffer.concat([magic, Buffer.from(key.id, 'hex'), randomBytes(saltBytes)]);
  const frameKey = frameKeyOf(key, header, context);
  yield header;
  for await (const { bytes, place } of cut(source, frameBytes)) {
    const cipher = createCipheriv(algorithm, frameKey, nonceOf(place)).setAAD(header);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/**
 * Opens what `sealFrames` made; nothing of a frame is given before it was authenticated. The first chunk must hold the
 * header. @throws StageError when a frame was changed, is missing, or belongs to another context
 */
export async function* openFrames(
  key: DataKey,
  context: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { header, rest } = await afterHeader(source);
  const frameKey = frameKeyOf(key, header, context);
  for await (const { bytes, place } of cut(rest, frameBytes + tagBytes)) {
    if (bytes.length < tagBytes) throw damaged();
    const decipher = createDecipheriv(algorithm, frameKey, nonceOf(place), { authTagLength: tagBytes });
    decipher.setAAD(header).setAuthTag(bytes.subarray(-tagBytes));
    yield Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), finished(decipher)]);
  }
}

interface Place {
  readonly index: number;
  readonly isLast: boolean;
}

/** One key for each sealing: no number of sealings under a data key makes nonces meet. */
function frameKeyOf(key: DataKey, header: Buffer, context: string): Uint8Array {
  const salt = header.subarray(-saltBytes);
  const info = Buffer.concat([Buffer.from('waybill sealed 1'), createHash('sha256').update(context).digest()]);
  return new Uint8Array(hkdfSync('sha256', key.bytes, salt, info, 32));
}

/** 7 zero bytes, the frame's number, and 1 for the last. */
function nonceOf({ index, isLast }: Place): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = Number(isLast);
  return nonce;
}

const finished = (decipher: { final(): Buffer }): Buffer => {
  try {
    return decipher.final();
  } catch (error) {
    throw damaged(error);
  }
};

const damaged = (cause?: unknown): StageError =>
  new StageError(
    'document-not-found',
    'Encrypted content was changed or cut off in its store; submit the document again.',
    {
      cause,
    },
  );

/** Pieces of exactly `pieceBytes`, but for the last one; at least one, which may be empty. */
async function* cut(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  pieceBytes: number,
): AsyncGenerator<{ bytes: Buffer; place: Place }> {
  let held: Buffer = Buffer.alloc(0);
  let index = 0;
  for await (const chunk of source) {
    held = held.length === 0 ? asBuffer(chunk) : Buffer.concat([held, chunk]);
    let from = 0;
    // What may be the last piece is held back until more is seen.
    for (; held.length - from > pieceBytes; from += pieceBytes) {
      yield { bytes: held.subarray(from, from + pieceBytes), place: { index: index++, isLast: false } };
    }
    held = held.subarray(from);
  }
  yield { bytes: held, place: { index, isLast: true } };
}

type Chunks = AsyncIterator<Uint8Array> | Iterator<Uint8Array>;

async function afterHeader(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ header: Buffer; rest: AsyncGenerator<Uint8Array> }> {
  const chunks: Chunks = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let seen: Buffer = Buffer.alloc(0);
  while (seen.length < headerBytes) {
    const next = await chunks.next();
    if (next.done) throw damaged();
    seen = Buffer.concat([seen, next.value]);
  }
  const header = seen.subarray(0, headerBytes);
  if (!magic.equals(header.subarray(0, magic.length))) throw damaged();
  return { header, rest: remaining(seen.subarray(headerBytes), chunks) };
}

async function* remaining(first: Uint8Array, chunks: Chunks): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    await chunks.return?.();
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
