import type { ByteSource } from '../byte-stream.js';

/** The bytes joined to pieces of this size; the last one is what is left. Nothing comes of no bytes. */
export async function* partsOf(source: ByteSource, partBytes: number): AsyncGenerator<Uint8Array, undefined> {
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  for await (const chunk of source) {
    let rest = chunk;
    while (gatheredBytes + rest.length >= partBytes) {
      const wantedBytes = partBytes - gatheredBytes;
      yield Buffer.concat([...gathered, rest.subarray(0, wantedBytes)], partBytes);
      rest = rest.subarray(wantedBytes);
      gathered = [];
      gatheredBytes = 0;
    }
    if (rest.length > 0) gathered.push(rest);
    gatheredBytes += rest.length;
  }
  if (gatheredBytes > 0) yield Buffer.concat(gathered, gatheredBytes);
  return undefined;
}
