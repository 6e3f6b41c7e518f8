/** A word that goes on in the next line: a hyphen (or one that shows only there) after a letter, a small letter below. */
const parted = /([\p{L}-]{0,40}\p{L})[-‐\u00AD]\n(\p{Ll}{1,40})([^\s-]*)( ?)/gu;

/**
 * Text whose words that are parted at the end of a line are whole: what follows goes up to where the word began. The hyphen goes, unless
 * the text has the word with it somewhere within a line.
 */
export function joinPartedWords(text: string): string {
  const compounds = new Set(text.toLowerCase().match(/\p{L}{1,40}(?:-\p{L}{1,40})+/gu));
  return text.replace(parted, (_all, before: string, after: string, rest: string, gap: string) => {
    const compound = `${before}-${after}`;
    const word = compounds.has(compound.toLowerCase()) ? compound : `${before}${after}`;
    return `${word}${rest}${gap === '' ? '' : '\n'}`;
  });
}
