import { StageError } from '@waybill/jobs';
import type { FirstLook, PagedFormat } from '../document-format.js';
import { countTextPages, decodeTextPage } from './decode-text-page.js';
import { decodeText, encodingOf } from './decode-text.js';
import type { TextLine } from './set-text.js';

interface TextFormat {
  readonly name: string;
  readonly mediaType: string;
  readonly endings: readonly string[];
  /** Whether a text, by its beginning, is of this format. */
  isIn(beginning: string, look: FirstLook): boolean;
  linesOf(text: string): readonly TextLine[];
}

/** What of a text is looked at to tell its format. */
const beginningBytes = 16_384;
const mostlyPlain = 0.6;

/** A format that is text and is set on pages of its own. */
export function textFormat({ isIn, linesOf, ...facts }: TextFormat): PagedFormat {
  const read = (bytes: Uint8Array): readonly TextLine[] => {
    const text = decodeText(bytes);
    if (text === undefined)
      throw new StageError('unreadable-document', 'The text turns into other bytes; send it anew.');
    return linesOf(text);
  };
  return {
    kind: 'paged',
    ...facts,
    toldBy: 'content',
    countedIn: 'thread',
    isIn(look) {
      if (look.signature !== undefined) return false;
      const beginning = beginningOf(look.bytes);
      return beginning !== undefined && isIn(beginning, look);
    },
    countPages: (bytes, { limits }) => countTextPages(read(bytes), limits),
    decodePage: ({ bytes, page }) => decodeTextPage(read(bytes), page),
  };
}

/** The first of a text; undefined for what is none, or has no letter or digit in it. */
export function beginningOf(bytes: Uint8Array): string | undefined {
  const beginning = bytes.subarray(0, beginningBytes);
  const text = decodeText(beginning);
  if (text === undefined || !/[\p{L}\p{N}]/u.test(text)) return undefined;
  // Any byte is a letter in Windows-1252; in its texts, most are the plain ones.
  const plain = text.match(/[\t\n\x20-\x7e]/g)?.length ?? 0;
  return encodingOf(beginning) !== 'windows-1252' || plain > mostlyPlain * text.length ? text : undefined;
}
