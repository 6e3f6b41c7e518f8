/** A number in [0, 1) that is always the same for the same words (FNV-1a). */
export function chance(...words: readonly string[]): number {
  let hash = 2_166_136_261;
  for (const letter of words.join('\u0000')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  return ((hash >>> 0) % 100_003) / 100_003;
}
