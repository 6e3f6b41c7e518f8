import { DoorError } from '../http/door-error.js';
import { BodyBytes, type Edit } from './body-bytes.js';
import type { BodyLease } from './body-room.js';
import { JsonMembers, JsonScanError, type ByteSpan } from './json-members.js';

/** Members that are read here are small; what is larger is none of ours. */
const mostParsedBytes = 1_048_576;
const imageKey = 'image_url';

/** A request body that came in chunks and was never parsed as a whole. */
export class ChatBody {
  readonly bytes: BodyBytes;
  private readonly scan = new JsonMembers();
  private closedAt = 0;

  constructor(lease?: BodyLease) {
    this.bytes = new BodyBytes(lease);
  }

  /** A body that is there as a whole. @throws DoorError when it is not a JSON object */
  static of(bytes: Buffer): ChatBody {
    const body = new ChatBody();
    body.push(bytes);
    body.finish();
    return body;
  }

  /** @returns what became of the chunk: only one that was copied may be given back. @throws DoorError when the text is not JSON */
  push(chunk: Buffer): 'kept' | 'copied' {
    const kept = this.bytes.push(chunk);
    this.scanned(() => this.scan.push(kept));
    return kept === chunk ? 'kept' : 'copied';
  }

  /** @throws DoorError when the text ends too early */
  finish(): void {
    this.closedAt = this.scanned(() => this.scan.finish());
  }

  has(key: string): boolean {
    return this.scan.members.has(key);
  }

  /** The bytes of the value that counts, never parsed. */
  raw(key: string): Buffer | undefined {
    const span = this.scan.members.get(key)?.at(-1);
    return span && this.bytes.slice(span.start, span.end);
  }

  /** The value that counts, parsed; undefined when the key is not there. @throws DoorError */
  value(key: string): unknown {
    const span = this.scan.members.get(key)?.at(-1);
    if (!span) return undefined;
    if (span.end - span.start > mostParsedBytes) {
      throw new DoorError(400, 'invalid_request', `"${key}" is longer than ${mostParsedBytes} bytes; shorten it.`, {
        param: key,
      });
    }
    try {
      return JSON.parse(this.bytes.text(span.start, span.end));
    } catch {
      throw new DoorError(400, 'invalid_json', `The value of "${key}" is not JSON; correct it.`, { param: key });
    }
  }

  /** How many keys `image_url` there are below the outermost object. */
  get imageUrls(): number {
    const isImageKey = (start: number) => this.bytes.text(start, start + imageKey.length) === imageKey;
    return this.scan.nineByteKeys.filter(isImageKey).length;
  }

  /** Beginnings of nested keys of nine bytes; undefined when keys are escaped, and only parsing tells what they are. */
  get nineByteKeys(): readonly number[] | undefined {
    return this.scan.hasEscapedKeys ? undefined : this.scan.nineByteKeys;
  }

  /** Long strings inside of members: pictures are among them. */
  get longStrings(): readonly ByteSpan[] {
    return this.scan.longStrings;
  }

  /** The body with other values of outermost members; those that are not there yet are added at its end. */
  withValues(values: Readonly<Record<string, unknown>>): Buffer[] {
    return this.bytes.with(this.editsFor(values));
  }

  /** The same, to be sent: see `BodyBytes.outgoing`. */
  outgoing(values: Readonly<Record<string, unknown>>): Buffer[] {
    return this.bytes.outgoing(this.editsFor(values));
  }

  private editsFor(values: Readonly<Record<string, unknown>>): Edit[] {
    const edits: Edit[] = [];
    let added = '';
    for (const [key, value] of Object.entries(values)) {
      const text = JSON.stringify(value);
      const spans = this.scan.members.get(key);
      if (spans) edits.push(...spans.map((span) => ({ ...span, bytes: Buffer.from(text) })));
      else added += `,${JSON.stringify(key)}:${text}`;
    }
    edits.sort((a, b) => a.start - b.start);
    if (added !== '') edits.push({ start: this.closedAt, end: this.closedAt, bytes: Buffer.from(added) });
    return edits;
  }

  private scanned<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof JsonScanError)) throw error;
      throw new DoorError(400, 'invalid_json', `The body is not a JSON object: ${error.message}. Correct it.`);
    }
  }
}
