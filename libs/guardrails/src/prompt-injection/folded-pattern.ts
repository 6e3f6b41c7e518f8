/** Languages that put no spaces between words, and marks of no language. */
const unspaced = ['zh', 'ja', 'th', 'ko', 'any'];
const letters = String.raw`\p{L}\p{N}_`;

/** A pattern of the data as it is searched in folded text: a space is any space or what stands for one, a letter any letter; words begin at words. */
export function foldedPattern(pattern: string, language: string): RegExp {
  const folded = pattern.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  const spaced = folded.replaceAll(/\[(?:\\.|[^\]\\])*\]|\\w| \?| /g, (piece) => {
    if (piece === ' ') return String.raw`[ \n_\-]{1,3}`;
    if (piece === ' ?') return String.raw`[ \n]{0,3}`;
    return piece === String.raw`\w` ? `[${letters}]` : piece.replaceAll(String.raw`\w`, letters);
  });
  const isFree = unspaced.includes(language) || /^[\^!]/.test(pattern);
  return new RegExp(isFree ? spaced : String.raw`(?<![\p{L}\p{N}])(?:${spaced})`, 'gmu');
}
