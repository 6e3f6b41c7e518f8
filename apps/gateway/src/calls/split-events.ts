import { ModelError } from '@waybill/llm-routing';

/** More than any event that a model sends; who sends more is not one. */
const mostEventBytes = 16 * 1_048_576;

/** The whole server-sent events that each piece completes, with the empty line that ends them. A rest at the end is dropped. */
export async function* splitEvents(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of source) {
    const bytes =
      rest.length > 0 ? Buffer.concat([rest, piece]) : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    const events: Buffer[] = [];
    let from = 0;
    for (let end = eventEnd(bytes, from); end !== -1; end = eventEnd(bytes, from)) {
      events.push(bytes.subarray(from, end));
      from = end;
    }
    rest = bytes.subarray(from);
    if (rest.length > mostEventBytes) {
      throw new ModelError('malformed', 'The provider sent an event without an end; see what stands between.');
    }
    if (events.length > 0) yield events;
  }
}

/** Behind the next empty line; -1 when there is none yet. */
function eventEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0x0a, from); at !== -1; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
  }
  return -1;
}
