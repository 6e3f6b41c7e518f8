/** How far back a word counts that says what a value is. */
const [wordsBack, linesBack] = [60, 1];

/** What stands before a place: the same line up to it, and the line above. In lower case. */
export function contextBefore(text: string, start: number): string {
  let from = start;
  for (let line = 0; line <= linesBack && from > 0; line += 1) from = Math.max(0, text.lastIndexOf('\n', from - 1));
  return text.slice(Math.max(from, start - 2 * wordsBack), start).toLowerCase();
}

/** Any of the words, as whole words; spaces stand for any space. */
export const wordPattern = (words: readonly string[], flags = 'iu'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escapeWord).join('|')})(?![\\p{L}\\p{N}])`, flags);

const escapeWord = (word: string): string =>
  word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`\s+`);
