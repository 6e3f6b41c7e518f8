import type { SeededRandom } from './seeded-random.js';

/** What readers of pictures take for what. */
const confusions: Readonly<Record<string, string>> = {
  ...{
    '0': 'O',
    O: '0',
    o: '0',
    '1': 'l',
    l: '1',
    I: '1',
    i: 'l',
    '5': 'S',
    S: '5',
    '8': 'B',
    B: '8',
    '6': '8',
    '3': '8',
  },
  ...{
    '2': 'Z',
    Z: '2',
    e: 'c',
    c: 'e',
    a: 'o',
    n: 'h',
    h: 'b',
    m: 'rn',
    D: 'O',
    G: '6',
    '9': '4',
    '4': '1',
    '7': '1',
  },
  ...{ T: '7', ',': '.', '.': ',', '/': '7', '-': '_', t: 'f', f: 't', u: 'v', v: 'u' },
};

/**
 * A word as a reader with slips gives it: usually right, with a share of `slips` misread in one letter or, now and then,
 * lost (undefined). Misread words are read with less confidence, but not always.
 */
export function misreadWord(
  text: string,
  slips: number,
  random: SeededRandom,
): { text: string; confidence: number } | undefined {
  const isSlip = random.chance(slips);
  const sure = Math.min(0.99, Math.max(0.2, (isSlip ? 0.72 : 0.94) + (isSlip ? 0.18 : 0.05) * random.normal()));
  const confidence = slips === 0 ? 1 : Math.round(sure * 100) / 100;
  if (!isSlip) return { text, confidence };
  if (random.chance(0.15)) return undefined;
  const at = random.whole(0, text.length - 1);
  const letter = text.charAt(at);
  const taken = confusions[letter] ?? (random.chance(0.5) ? '' : letter);
  const read = `${text.slice(0, at)}${taken}${text.slice(at + 1)}`;
  return read.trim() ? { text: read, confidence } : undefined;
}
