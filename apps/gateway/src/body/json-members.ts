/** Where a value stands in a body, in bytes from its beginning; `end` is behind the last byte. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/** The body is not what JSON allows; the message says where. */
export class JsonScanError extends Error {
  override readonly name = 'JsonScanError';
}

const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openObject, closeObject, openArray, closeArray] = [0x7b, 0x7d, 0x5b, 0x5d];
const deepest = 256;
/** Longer keys are none of those that anybody looks for, even if every letter is escaped. */
const longestKey = 192;
/** Strings from here on may hold a picture, in bytes. */
const longString = 64;
const mostLongStrings = 4_096;

/** An address's key of nine letters, with every letter escaped. */
const longestAddressKey = 54;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Bytes that may stand outside of strings in a nested value; brackets and quotes are handled apart. */
const plain = new Uint8Array(256);
for (const character of ' \n\r\t,:-+.0123456789truefalsnE') plain[character.charCodeAt(0)] = 1;

type Expect = 'start' | 'key' | 'first-key' | 'colon' | 'value' | 'comma' | 'end';

/**
 * Finds the members of the outermost object of a JSON text that comes in chunks, without parsing it. Strings are skipped by
 * a search for their closing quote. Grammar is checked in the outermost object; deeper down, only that brackets match and
 * that nothing stands outside of strings which JSON does not know. So a text that passes may still not be JSON.
 */
export class JsonMembers {
  /** All values of each key, in order; JSON's rule is that the last one counts. */
  readonly members = new Map<string, ByteSpan[]>();
  /** Contents of long strings inside of members, without their quotes. */
  readonly longStrings: ByteSpan[] = [];
  /** Beginnings of nested keys that are nine bytes long, as `image_url` is. */
  readonly nineByteKeys: number[] = [];
  /** Whether a nested key is written with escapes, and may so be another one than it seems. */
  hasEscapedKeys = false;

  private expect: Expect = 'start';
  private depth = 0;
  private readonly brackets: number[] = [];
  private inString = false;
  private isEscaped = false;
  private stringStart = 0;
  private lastString: ByteSpan | undefined;
  private key: Buffer[] = [];
  private name = '';
  private valueStart = -1;
  /** Where the chunk that is read begins. */
  private base = 0;

  /** @throws JsonScanError */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.inString) at = this.skipString(chunk, at);
      else if (this.depth > 1) at = this.skipNested(chunk, at);
      else at = this.readOutermost(chunk, at);
    }
    this.base += chunk.length;
  }

  /** To be called behind the last chunk. @returns where the outermost object closes. @throws JsonScanError */
  finish(): number {
    if (this.expect !== 'end') throw new JsonScanError(`the text ends at byte ${this.base} before its object does`);
    return this.closedAt;
  }

  private closedAt = 0;

  private skipString(chunk: Buffer, from: number): number {
    let at = from;
    for (;;) {
      const found = chunk.indexOf(quote, at);
      const stop = found === -1 ? chunk.length : found;
      let first = stop;
      while (first > at && chunk[first - 1] === backslash) first -= 1;
      // An odd run of backslashes escapes what follows it; a run may have begun in the chunk before.
      const isOdd = ((stop - first) & 1) === 1;
      this.isEscaped = first === at && this.isEscaped ? !isOdd : isOdd;
      if (found === -1) {
        this.keepKey(chunk, from, stop);
        return chunk.length;
      }
      at = found + 1;
      if (!this.isEscaped) return this.endString(chunk, from, at);
      this.isEscaped = false;
    }
  }

  private endString(chunk: Buffer, from: number, behind: number): number {
    this.inString = false;
    const span = { start: this.stringStart, end: this.base + behind - 1 };
    if (this.depth > 1) {
      this.lastString = span;
      if (span.end - span.start >= longString && this.longStrings.length < mostLongStrings) this.longStrings.push(span);
      return behind;
    }
    if (this.expect === 'colon') {
      if (span.end - span.start > longestKey) this.name = '';
      else if (this.key.length === 0) this.name = this.decoded(chunk.toString('utf8', from, behind - 1));
      else {
        this.keepKey(chunk, from, behind - 1);
        this.name = this.decoded(Buffer.concat(this.key).toString());
      }
    } else this.endValue(this.base + behind);
    return behind;
  }

  private beginString(at: number): void {
    this.inString = true;
    this.isEscaped = false;
    this.stringStart = this.base + at + 1;
  }

  private keepKey(chunk: Buffer, from: number, to: number): void {
    const isKey = this.depth === 1 && this.expect === 'colon';
    if (isKey && this.base + to - this.stringStart <= longestKey) this.key.push(chunk.subarray(from, to));
  }

  private decoded(text: string): string {
    if (!text.includes('\\')) return text;
    try {
      return JSON.parse(`"${text}"`) as string;
    } catch {
      throw new JsonScanError(`the key before byte ${this.base} is not JSON`);
    }
  }

  private skipNested(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (plain[byte] === 1) {
        if (byte === colon && this.lastString) this.noteKey(chunk, this.lastString);
        if (byte === colon || byte === comma) this.lastString = undefined;
      } else if (byte === quote) {
        this.beginString(at);
        return at + 1;
      } else if (byte === openObject || byte === openArray) this.open(byte, at);
      else if (byte === closeObject || byte === closeArray) {
        this.close(byte, at);
        if (this.depth === 1) {
          this.endValue(this.base + at + 1);
          return at + 1;
        }
      } else throw this.unexpected(byte, at);
    }
    return chunk.length;
  }

  private noteKey(chunk: Buffer, { start, end }: ByteSpan): void {
    if (end - start === 9) this.nineByteKeys.push(start);
    if (end - start <= 9 || end - start > longestAddressKey || this.hasEscapedKeys) return;
    // The beginning of a key that came in the chunk before is not looked for: such a key counts as escaped.
    const from = start - this.base;
    this.hasEscapedKeys = from < 0 || chunk.subarray(from, end - this.base).includes(backslash);
  }

  /** One byte of the outermost object, or of what stands around it. */
  private readOutermost(chunk: Buffer, at: number): number {
    const byte = chunk[at] as number;
    if (this.valueStart >= 0) return this.readScalar(byte, at);
    if (isSpace(byte)) return at + 1;
    switch (this.expect) {
      case 'start':
        if (byte !== openObject) throw this.unexpected(byte, at);
        this.open(byte, at);
        this.expect = 'first-key';
        return at + 1;
      case 'first-key':
      case 'key':
        if (byte === closeObject && this.expect === 'first-key') return this.endObject(byte, at);
        if (byte !== quote) throw this.unexpected(byte, at);
        if (this.key.length > 0) this.key = [];
        this.expect = 'colon';
        this.beginString(at);
        return at + 1;
      case 'colon':
        if (byte !== colon) throw this.unexpected(byte, at);
        this.expect = 'value';
        return at + 1;
      case 'value':
        return this.beginValue(byte, at);
      case 'comma':
        if (byte === closeObject) return this.endObject(byte, at);
        if (byte !== comma) throw this.unexpected(byte, at);
        this.expect = 'key';
        return at + 1;
      case 'end':
        throw this.unexpected(byte, at);
    }
  }

  private beginValue(byte: number, at: number): number {
    this.valueStart = this.base + at;
    if (byte === quote) this.beginString(at);
    else if (byte === openObject || byte === openArray) this.open(byte, at);
    else if (plain[byte] !== 1 || byte === comma || byte === colon) throw this.unexpected(byte, at);
    return at + 1;
  }

  /** A number, true, false or null ends at what cannot belong to it, which is read again. */
  private readScalar(byte: number, at: number): number {
    const isEnd = isSpace(byte) || byte === comma || byte === closeObject;
    if (!isEnd && (plain[byte] !== 1 || byte === colon)) throw this.unexpected(byte, at);
    if (!isEnd) return at + 1;
    this.endValue(this.base + at);
    return at;
  }

  private endValue(end: number): void {
    const spans = this.members.get(this.name);
    const span = { start: this.valueStart, end };
    if (spans) spans.push(span);
    else this.members.set(this.name, [span]);
    this.valueStart = -1;
    this.expect = 'comma';
  }

  private endObject(byte: number, at: number): number {
    this.close(byte, at);
    this.closedAt = this.base + at;
    this.expect = 'end';
    return at + 1;
  }

  private open(byte: number, at: number): void {
    if (this.depth === deepest) {
      throw new JsonScanError(`at byte ${this.base + at} it is nested deeper than ${deepest} levels`);
    }
    this.depth += 1;
    this.brackets[this.depth] = byte;
    this.lastString = undefined;
  }

  private close(byte: number, at: number): void {
    // `{` and `}` differ by two, as do `[` and `]`.
    if ((this.brackets[this.depth] as number) + 2 !== byte) throw this.unexpected(byte, at);
    this.depth -= 1;
    this.lastString = undefined;
  }

  private unexpected(byte: number, at: number): JsonScanError {
    const shown = byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : `byte 0x${byte.toString(16)}`;
    return new JsonScanError(`${shown} cannot stand at byte ${this.base + at}`);
  }
}
