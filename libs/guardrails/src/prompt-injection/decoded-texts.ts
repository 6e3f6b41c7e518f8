/** A text that is written in a code which machines read at once. */
export interface DecodedText {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** For people. */
  readonly code: string;
}

interface Code {
  readonly name: string;
  /** What may be written in it, long enough to hold an order. */
  readonly run: RegExp;
  decode(packed: string): string;
}

const bytesText = (marks: string): string =>
  new TextDecoder().decode(Uint8Array.from(marks, (mark) => mark.charCodeAt(0)));

const codes: readonly Code[] = [
  {
    name: 'hexadecimal',
    run: /(?<![A-Za-z0-9])(?:[0-9a-f]{2}){16,}(?![A-Za-z0-9])/gi,
    decode: (packed) => bytesText(packed.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))),
  },
  {
    name: 'base64',
    run: /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{24,}={0,2}(?![A-Za-z0-9+/=_-])/g,
    decode: (packed) => bytesText(atobSafe(packed)),
  },
  {
    name: 'an address',
    run: /\S*(?:%20|\+)\S*(?:%20|\+)\S*/g,
    decode: (packed) => unescaped(packed.replaceAll('+', ' ')),
  },
];

/** Texts that are packed in a text, with where they stand. */
export const decodedTexts = (text: string): DecodedText[] =>
  codes.flatMap(({ name: code, run, decode }) =>
    [...text.matchAll(run)].flatMap(({ 0: packed, index }) => {
      const decoded = decode(packed);
      const readable = decoded.match(/[\p{L}\p{N}\s.,:;!?'"/&=-]/gu)?.length ?? 0;
      const isText = decoded.length > 12 && readable / decoded.length > 0.9;
      return isText ? [{ start: index, end: index + packed.length, text: decoded, code }] : [];
    }),
  );

function atobSafe(packed: string): string {
  const plain = packed.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '');
  return plain.length % 4 === 1 ? '' : atob(plain);
}

function unescaped(packed: string): string {
  try {
    return decodeURIComponent(packed);
  } catch {
    return '';
  }
}
