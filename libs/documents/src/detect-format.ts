import { StageError } from '@waybill/jobs';
import { fileTypeFromBuffer } from 'file-type';
import { allFormats } from './formats/all-formats.js';
import type { DocumentFormat, FirstLook } from './formats/document-format.js';
import { decodeText } from './formats/text/decode-text.js';
import { looksLikeJson } from './looks-like-json.js';

const readable =
  'PDF, JPEG, PNG, WebP, AVIF, GIF, TIFF, BMP, SVG, HEIC, Word, Excel, PowerPoint, HTML, text, Markdown or e-mail';
const headBytes = 65_536;

/**
 * What the bytes are, from the bytes alone. Where nothing but their wording tells (text, HTML, e-mail), a name that stands
 * for another format is a contradiction: such a file is usually a download that went wrong, or a disguise.
 * @param name the document's name, if its sender gave one
 * @throws StageError `unsupported-format`, saying what it seems to be
 */
export async function detectFormat(bytes: Uint8Array, name?: string): Promise<DocumentFormat> {
  if (bytes.length === 0) throw unsupported('The document is empty');
  const look = await firstLook(bytes);
  const format = allFormats.find((each) => each.isIn(look));
  if (!format) {
    const isMarkup = look.signature === undefined ? /^\s*</.test(look.head) : look.signature === 'application/xml';
    if (isMarkup) throw unsupported('The document is markup');
    throw unsupported(
      look.signature ? `The document is of type ${look.signature}` : 'The document’s bytes are of no known type',
    );
  }
  if (format.toldBy === 'content') {
    if (looksLikeJson(bytes)) throw unsupported('The document is JSON, which is data for programs');
    refuseContradiction(format, name);
  }
  return format;
}

/** The format of a media type that was found from bytes before. */
export function formatOf(mediaType: string): DocumentFormat {
  const format = allFormats.find((each) => each.mediaType === mediaType);
  if (format) return format;
  throw unsupported(`The document is of type ${mediaType}`);
}

async function firstLook(bytes: Uint8Array): Promise<FirstLook> {
  const start = bytes.subarray(0, headBytes);
  const found = await fileTypeFromBuffer(start).catch(() => undefined);
  const head = Buffer.from(start).toString('latin1');
  // The marks of UTF-16 are also the start of an MPEG frame.
  const isText = /^(\xff\xfe|\xfe\xff)/.test(head) && decodeText(start) !== undefined;
  return { bytes, head, signature: isText ? undefined : found?.mime };
}

function refuseContradiction(format: DocumentFormat, name: string | undefined): void {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name ?? '')?.[1]?.toLowerCase();
  const named = allFormats.find(({ endings }) => ending !== undefined && endings.includes(ending));
  if (!named || named.toldBy === 'content') return;
  throw new StageError(
    'unsupported-format',
    `The document is named as ${named.name}, but its bytes are ${format.name}; send the ${named.name} file itself, or correct the name.`,
  );
}

const unsupported = (finding: string): StageError =>
  new StageError('unsupported-format', `${finding}; send it as ${readable}.`);
