/** One event of a stream, as the HTML standard's event stream format defines it. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
  /** The newest id of the stream so far; sent back as `Last-Event-ID` to resume after it. */
  readonly id: string | undefined;
}

/**
 * Parses `text/event-stream` from chunks of bytes that may break anywhere, also inside a character or a CRLF.
 * Comments and unknown fields are skipped; an event without data is not delivered; an unfinished event at the end of
 * the stream is dropped, because it will be sent again on resumption. Source: WHATWG HTML, section 9.2.6.
 */
export async function* parseServerSentEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let event = '';
  let data: string[] = [];
  let id: string | undefined;
  for await (const line of splitLines(chunks)) {
    if (line === '') {
      if (data.length > 0) yield { event: event === '' ? 'message' : event, data: data.join('\n'), id };
      event = '';
      data = [];
      continue;
    }
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
}

/** Lines ended by LF, CR or CRLF; what follows the last line end is not a line yet and is dropped. */
async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of chunks) {
    pending += decoder.decode(chunk, { stream: true });
    for (;;) {
      const end = pending.search(/[\r\n]/);
      const mayBeHalfOfCrlf = end === pending.length - 1 && pending[end] === '\r';
      if (end < 0 || mayBeHalfOfCrlf) break;
      yield pending.slice(0, end);
      pending = pending.slice(end + (pending.startsWith('\r\n', end) ? 2 : 1));
    }
  }
  if (pending.endsWith('\r')) yield pending.slice(0, -1);
}
