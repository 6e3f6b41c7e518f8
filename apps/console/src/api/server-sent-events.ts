/** One event of a stream, as the HTML standard parses it. */
export interface ServerSentEvent {
  readonly id: string;
  readonly data: string;
}

/** Events in text that comes in arbitrary pieces; comments are passed over, an event without its empty line is none yet. */
export async function* parseServerSentEvents(pieces: AsyncIterable<string>): AsyncGenerator<ServerSentEvent> {
  let rest = '';
  let id = '';
  let data: string[] = [];
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { id, data: data.join('\n') };
        data = [];
      } else if (line.startsWith('id:')) id = line.slice(3).trimStart();
      else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
    }
  }
}
