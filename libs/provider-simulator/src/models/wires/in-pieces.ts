/** A text as a stream brings it: in pieces of a few letters, at least two where there are two letters. */
export function inPieces(text: string): string[] {
  const size = Math.max(1, Math.min(12, Math.ceil(text.length / 2)));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, piece) =>
    text.slice(piece * size, (piece + 1) * size),
  );
}
