/** Long enough to hold an order. */
const run = /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{24,}={0,2}(?![A-Za-z0-9+/=_-])/g;

/** Texts that are packed as base64 in a text, with where they stand. */
export function decodedTexts(text: string): { start: number; end: number; text: string }[] {
  return [...text.matchAll(run)].flatMap(({ 0: packed, index }) => {
    const decoded = new TextDecoder().decode(Uint8Array.from(atobSafe(packed), (mark) => mark.charCodeAt(0)));
    const readable = decoded.match(/[\p{L}\p{N}\s.,:;!?'"-]/gu)?.length ?? 0;
    return decoded.length > 12 && readable / decoded.length > 0.9
      ? [{ start: index, end: index + packed.length, text: decoded }]
      : [];
  });
}

function atobSafe(packed: string): string {
  const plain = packed.replaceAll('-', '+').replaceAll('_', '/').replaceAll('=', '');
  return plain.length % 4 === 1 ? '' : atob(plain);
}
