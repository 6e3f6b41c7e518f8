const longestName = 255;
/** Controls, and marks that change the direction of what follows: `evil\u202egnp.exe` reads as a picture. */
const unseen = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;
const halfPairs = /\p{Cs}/gu;

/**
 * A document's name as its sender gave it, fit to be shown and written: one line without unseen characters, without
 * folders, of at most 255 bytes. Nothing is ever opened or stored under it. Undefined where nothing is left.
 */
export function cleanDocumentName(name: string | undefined): string | undefined {
  const last = (name ?? '').split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const line = last.replace(/\s+/g, ' ').replace(unseen, '').replace(halfPairs, '\ufffd').normalize('NFC').trim();
  let [kept, taken] = ['', 0];
  for (const character of line) {
    taken += Buffer.byteLength(character);
    if (taken > longestName) break;
    kept += character;
  }
  return /^\.*$/.test(kept) ? undefined : kept;
}
