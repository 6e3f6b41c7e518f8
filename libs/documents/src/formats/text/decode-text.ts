/** Bytes looked at to tell text from anything else. */
const sampleBytes = 65_536;
/** More control characters than this share, and it is no text. */
const mostControls = 0.001;

/**
 * The bytes as text: UTF-8, UTF-16 (with a byte order mark, or by its pattern of zeros), otherwise Windows-1252, which
 * Latin-1 is a part of. Undefined for what is no text. Line ends become `\n`.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = encodingOf(bytes);
  if (encoding === undefined) return undefined;
  const text = encoding === 'windows-1252' ? asWindows1252(bytes) : asUnicode(bytes, encoding);
  return controlsIn(text) > mostControls * text.length ? undefined : text.replace(/\r\n?/g, '\n');
}

/** A decoder does not take shared memory. */
const asUnicode = (bytes: Uint8Array, encoding: string): string =>
  new TextDecoder(encoding).decode(Uint8Array.from(bytes));

/** Node's own decoder takes it for Latin-1, which has controls where these letters are. */
const lettersFrom128 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const asWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (letter) => lettersFrom128[letter.charCodeAt(0) - 128] ?? letter);

/** The encoding's name, or undefined for bytes that are no text. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, sampleBytes);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd > 0) {
    const most = sample.length / 2;
    if (odd > 0.4 * most && even < 0.02 * most) return 'utf-16le';
    if (even > 0.4 * most && odd < 0.02 * most) return 'utf-16be';
    return undefined;
  }
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}

/** Tab, line feed, form feed, carriage return and escape stand in texts; a replacement character was no letter. */
function controlsIn(text: string): number {
  return text.match(/[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe]/g)?.length ?? 0;
}
