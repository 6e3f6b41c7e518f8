/** A document whose right values are known, by the names that schemas give them. */
export type KnownDocument = Readonly<Record<string, unknown>>;

/** Below this share of its values on the page, a document is taken for another one. */
const recognisedShare = 0.5;

/** The document whose values stand in a text, as far as letters and digits tell; most of them must. */
export function recognise(text: string, documents: readonly KnownDocument[]): KnownDocument | undefined {
  const letters = lettersOf(text);
  const [best] = documents
    .map((document) => ({ document, share: shareFound(letters, document) }))
    .sort((a, b) => b.share - a.share);
  return best && best.share >= recognisedShare ? best.document : undefined;
}

function shareFound(letters: string, document: KnownDocument): number {
  const printed = leavesOf(document).map(lettersOf).filter(Boolean);
  const found = printed.filter((value) => letters.includes(value));
  return printed.length === 0 ? 0 : found.length / printed.length;
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'number') return [value.toFixed(2)];
  if (typeof value === 'string') return [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(leavesOf);
}

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
