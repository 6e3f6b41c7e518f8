import type { ImageDetail } from '@waybill/llm-routing';
import type { ChatBody } from '../body/chat-body.js';
import type { EmbeddedFile } from '../body/embedded-files.js';
import { readPictureHeader, type PictureHeader } from './picture-header.js';

/** A picture that stands in a body, as far as it is known without decoding it. */
export interface EmbeddedPicture {
  readonly file: EmbeddedFile;
  /** Its place among the body's files. */
  readonly index: number;
  /** Undefined where it says nothing that can be read. */
  readonly header: PictureHeader | undefined;
  readonly detail: ImageDetail;
  /** It is shown to the model: text may hold such an address as well. */
  readonly isShown: boolean;
}

const none: readonly EmbeddedPicture[] = [];

/** The pictures among a body's files. */
export function lookAtPictures(body: ChatBody, files: readonly EmbeddedFile[]): readonly EmbeddedPicture[] {
  if (files.length === 0) return none;
  return files.flatMap((file, index) =>
    file.mediaType.startsWith('image/') ? [{ file, index, header: headerOf(body, file), ...around(body, file) }] : [],
  );
}

/** Where slashes are escaped, letters do not stand for fixed bytes: so much is decoded from the beginning. */
const escapedHeadLetters = 131_072;

/** What the header of a picture in a body says, decoded where it stands: a few bytes, whatever its size. */
function headerOf({ bytes }: ChatBody, { dataStart, span }: EmbeddedFile): PictureHeader | undefined {
  const first = bytes.text(dataStart, Math.min(span.end, dataStart + 64), 'latin1');
  if (first.includes('\\') || bytes.text(span.start, dataStart, 'latin1').includes('\\')) {
    const text = bytes.text(dataStart, Math.min(span.end, dataStart + escapedHeadLetters), 'latin1');
    const head = Buffer.from(text.replaceAll('\\/', '/'), 'base64');
    return readPictureHeader((offset, length) => head.subarray(offset, offset + length));
  }
  return readPictureHeader((offset, length) => {
    // Three bytes are four letters.
    const from = Math.floor(offset / 3);
    const start = dataStart + from * 4;
    if (start >= span.end) return Buffer.alloc(0);
    const end = Math.min(span.end, dataStart + Math.ceil((offset + length) / 3) * 4);
    const decoded = Buffer.from(bytes.text(start, end, 'latin1'), 'base64');
    return decoded.subarray(offset - from * 3, offset - from * 3 + length);
  });
}

const besideBytes = 256;
const detailMember = /"detail"\s*:\s*"(low|high|original)"/;
const shownBefore = /"image_url"\s*:\s*(?:\{\s*(?:"detail"\s*:\s*"[a-z]*"\s*,\s*)?"url"\s*:\s*)?"$/;

/** What stands beside a picture; it is looked at closely where nothing else is said. */
function around({ bytes }: ChatBody, { span }: EmbeddedFile): Pick<EmbeddedPicture, 'detail' | 'isShown'> {
  const before = bytes.text(Math.max(0, span.start - besideBytes), span.start);
  const [behind = ''] = bytes.text(span.end, Math.min(bytes.length, span.end + besideBytes)).split('}', 1);
  const said = detailMember.exec(behind)?.[1] ?? detailMember.exec(before.split('{').at(-1) ?? '')?.[1];
  return { detail: (said as ImageDetail | undefined) ?? 'high', isShown: shownBefore.test(before) };
}
