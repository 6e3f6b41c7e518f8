import { StageError } from '@waybill/jobs';

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Passes chunks through until there are more than `maxBytes`, then fails with `too-large`. */
export async function* limitBytes(source: ByteSource, maxBytes: number): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of source) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw new StageError('too-large', `A document may have at most ${maxBytes} bytes; send a smaller one.`);
    }
    yield chunk;
  }
}

interface Split {
  /** All bytes, when they are at most `headBytes`. */
  readonly head: Uint8Array;
  /** Otherwise everything again, as a stream. */
  readonly rest?: AsyncGenerator<Uint8Array>;
}

/** Reads up to `headBytes` to learn whether there is more. */
export async function splitHead(source: AsyncGenerator<Uint8Array>, headBytes: number): Promise<Split> {
  const seen: Uint8Array[] = [];
  let sizeBytes = 0;
  for (;;) {
    const next = await source.next();
    if (next.done) return { head: seen.length === 1 && seen[0] ? seen[0] : Buffer.concat(seen, sizeBytes) };
    seen.push(next.value);
    sizeBytes += next.value.length;
    if (sizeBytes > headBytes) return { head: new Uint8Array(), rest: chain(seen, source) };
  }
}

async function* chain(seen: Uint8Array[], source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* seen.splice(0);
    yield* source;
  } finally {
    await source.return(undefined);
  }
}
