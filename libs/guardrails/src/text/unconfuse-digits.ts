/** Letters that OCR reads for digits. */
const digitFor: Readonly<Record<string, string>> = {
  ...{ O: '0', o: '0', Q: '0', D: '0', I: '1', l: '1', '|': '1', i: '1', Z: '2', z: '2' },
  ...{ S: '5', s: '5', B: '8', G: '6', b: '6', g: '9', q: '9', '°': '0' },
};
/** A run is taken for a number when so many of its letters and digits are digits. */
const digitShare = 0.6;

/** The text with letters made digits inside what is mostly a number. Every character keeps its place. */
export function unconfuseDigits(text: string): string {
  return text.replaceAll(/[^\s:;,()[\]{}]+/g, (run) => {
    const digits = run.match(/\d/g)?.length ?? 0;
    if (digits < 2) return run;
    const marks = run.match(/[\p{L}\p{N}|°]/gu)?.length ?? 0;
    if (digits === marks || digits / marks < digitShare) return run;
    return [...run].map((mark) => digitFor[mark] ?? mark).join('');
  });
}
