import type { Tenant } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { isSealed, keyIdOf, openFrames, sealFrames } from './sealed-frames.js';
import type { TenantKeys } from './tenant-keys.js';

export type ByteChunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Encrypts content before it is stored, and decrypts it after. `context` says what it is; it opens only as the same. What
 * was stored before encryption was switched on is not sealed, and passes `open` as it is.
 */
export interface Sealer {
  /** Whether what is stored from now on is encrypted. */
  readonly isOn: boolean;
  seal(tenant: Tenant, context: string, bytes: Uint8Array): Promise<Uint8Array>;
  sealStream(tenant: Tenant, context: string, chunks: ByteChunks): AsyncGenerator<Uint8Array>;
  /** @throws StageError when the key is gone (`document-not-found`), or the master key is another (`unavailable`) */
  open(tenant: Tenant, context: string, bytes: Uint8Array): Promise<Uint8Array>;
  /** The chunks must be sealed ones. Errors as of `open`. */
  openStream(tenant: Tenant, context: string, chunks: ByteChunks): AsyncGenerator<Uint8Array>;
}

/** Seals with the tenants' data keys. */
export class KeyedSealer implements Sealer {
  readonly isOn = true;

  constructor(private readonly keys: TenantKeys) {}

  async seal(tenant: Tenant, context: string, bytes: Uint8Array): Promise<Uint8Array> {
    return await collected(this.sealStream(tenant, context, [bytes]));
  }

  async *sealStream(tenant: Tenant, context: string, chunks: ByteChunks): AsyncGenerator<Uint8Array> {
    yield* sealFrames(await this.keys.current(tenant), context, chunks);
  }

  async open(tenant: Tenant, context: string, bytes: Uint8Array): Promise<Uint8Array> {
    return isSealed(bytes) ? await collected(this.openStream(tenant, context, [bytes])) : bytes;
  }

  async *openStream(tenant: Tenant, context: string, chunks: ByteChunks): AsyncGenerator<Uint8Array> {
    const { start, all } = await startOf(chunks);
    const id = keyIdOf(start);
    const key = await this.keys.named(tenant, id);
    if (!key) {
      const sentence = `Content of ${tenant} was encrypted with the data key ${id}, which was erased; it cannot be read any more.`;
      throw new StageError('document-not-found', sentence);
    }
    yield* openFrames(key, context, all);
  }
}

/** Without a master key: stores everything as it is, and says so where something is encrypted. */
export const plainSealer: Sealer = Object.freeze({
  isOn: false,
  seal: async (_tenant: Tenant, _context: string, bytes: Uint8Array) => bytes,
  async *sealStream(_tenant: Tenant, _context: string, chunks: ByteChunks) {
    yield* chunks;
  },
  open: async (_tenant: Tenant, _context: string, bytes: Uint8Array) => {
    if (isSealed(bytes)) throw noMasterKey();
    return bytes;
  },

  async *openStream(): AsyncGenerator<Uint8Array> {
    throw noMasterKey();
  },
});

const noMasterKey = (): StageError =>
  new StageError(
    'unavailable',
    'What is stored here is encrypted and no master key is given; set WAYBILL_MASTER_KEY or WAYBILL_MASTER_KEY_FILE.',
    { retryable: true },
  );

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Enough of the beginning to see the key's name. */
const startBytes = 12;

async function startOf(chunks: ByteChunks): Promise<{ start: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const source = passed(chunks);
  let start: Uint8Array = new Uint8Array();
  while (start.length < startBytes) {
    const next = await source.next();
    if (next.done) break;
    start = Buffer.concat([start, next.value]);
  }
  return { start, all: chain(start, source) };
}

async function* passed(chunks: ByteChunks): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

async function* chain(start: Uint8Array, source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield start;
    yield* source;
  } finally {
    await source.return(undefined);
  }
}
