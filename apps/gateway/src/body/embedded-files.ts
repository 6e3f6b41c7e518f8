import type { ChatBody } from './chat-body.js';
import type { ByteSpan } from './json-members.js';

/** A file that stands in the body as a `data:` address. */
export interface EmbeddedFile {
  /** Of the whole address. */
  readonly span: ByteSpan;
  readonly mediaType: string;
  /** Where its base64 begins. */
  readonly dataStart: number;
  /** Of the decoded file, to within three bytes. */
  readonly bytes: number;
}

const headBytes = 96;
/** Some writers of JSON escape every slash. */
const dataAddress = /^data:([a-z]+\\?\/[a-z0-9.+-]+);base64,/i;

/** Pictures and other files in a body, told by the first bytes of long strings. */
export function embeddedFiles(body: ChatBody): EmbeddedFile[] {
  return body.longStrings.flatMap((span) => {
    const head = body.bytes.text(span.start, Math.min(span.end, span.start + headBytes), 'latin1');
    const [prefix, mediaType] = dataAddress.exec(head) ?? [];
    if (prefix === undefined || mediaType === undefined) return [];
    const dataStart = span.start + prefix.length;
    const bytes = Math.floor(((span.end - dataStart) * 3) / 4);
    return [{ span, mediaType: mediaType.replace('\\', '').toLowerCase(), dataStart, bytes }];
  });
}

/** The file itself, decoded from where it stands. */
export function decodeFile(body: ChatBody, { dataStart, span }: EmbeddedFile): Uint8Array {
  const text = body.bytes.slice(dataStart, span.end).toString('latin1');
  return Buffer.from(text.includes('\\') ? text.replaceAll('\\/', '/') : text, 'base64');
}
