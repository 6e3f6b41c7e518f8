import { DoorError } from '../http/door-error.js';

/** One line of a file, without its end. */
export interface FileLine {
  /** From 1, empty lines counted. */
  readonly line: number;
  readonly bytes: Buffer;
}

const newline = 0x0a;

/** Lines as the bytes come; those that are empty are passed over. @throws DoorError for a line longer than `mostBytes` */
export async function* readLines(source: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<FileLine> {
  let line = 0;
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer): void => {
    length += part.length;
    if (length > mostBytes) {
      throw new DoorError(400, 'line_too_large', `Line ${line + 1} is longer than ${mostBytes} bytes; shorten it.`);
    }
    parts.push(part);
  };
  const take = (): FileLine => {
    line += 1;
    const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
    [parts, length] = [[], 0];
    return { line, bytes };
  };
  for await (const chunk of source) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = buffer.indexOf(newline); end >= 0; end = buffer.indexOf(newline, from)) {
      add(buffer.subarray(from, end));
      from = end + 1;
      const taken = take();
      if (!isBlank(taken.bytes)) yield taken;
    }
    if (from < buffer.length) add(buffer.subarray(from));
  }
  const last = take();
  if (!isBlank(last.bytes)) yield last;
}

const isBlank = (bytes: Buffer): boolean => bytes.length < 16 && bytes.toString('latin1').trim() === '';
