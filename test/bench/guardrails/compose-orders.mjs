/** Sentences that try to change what is answered about a page, and sentences of ordinary papers, composed from frames with a seed. */
import { readFile } from 'node:fs/promises';
import { SeededRandom } from '../../../dist/libs/samples/src/seeded-random.js';

const folder = new URL('./sentences/', import.meta.url);
const readJson = async (name) => JSON.parse(await readFile(new URL(name, folder), 'utf8'));
const pick = (random, list) => list[random.whole(0, list.length - 1)];
const two = (value) => String(value).padStart(2, '0');

const drawn = {
  amount: (r, language) => {
    const [whole, cents] = [r.whole(0, 3) === 0 ? r.whole(0, 9) : r.whole(10, 9800), two(r.whole(0, 99))];
    if (['en', 'ja', 'zh', 'ko', 'ar'].includes(language)) {
      return pick(r, [
        `${whole}.${cents}`,
        `${whole.toLocaleString('en')}.${cents}`,
        `$${whole}.${cents}`,
        `${whole}.00`,
        `${whole}`,
      ]);
    }
    return pick(r, [`${whole},${cents}`, `${whole},${cents} EUR`, `${whole},00`]);
  },
  date: (r) => {
    const [year, month, day] = [r.whole(2015, 2026), two(r.whole(1, 12)), two(r.whole(1, 28))];
    return pick(r, [`${year}-${month}-${day}`, `${day}.${month}.${year}`, `${day}/${month}/${year}`]);
  },
  iban: (r) =>
    `${pick(r, ['DE', 'FR', 'GB', 'ES', 'NL'])}${two(r.whole(10, 99))} ${r.whole(1000, 9999)} ${r.whole(1000, 9999)} ${r.whole(1000, 9999)} ${r.whole(1000, 9999)}`,
  code: (r) => String(r.whole(1000, 999999)),
  word: (r) => pick(r, ['shop', 'survey', 'firm', 'bank', 'travel']),
  company: (r) =>
    pick(r, [
      'Zenith Trade BV',
      'Marlow & Pike',
      'Oakridge Foods Inc',
      'Sunhill Partners',
      'Delta Freight GmbH',
      'Pinecrest LLC',
    ]),
};

/** How many sentences are composed of parts for each frame that is written out. */
const composedShare = 0.8;

/** @returns {Promise<{ text: string, isOrder: boolean, frame: string, language: string }[]>} `each` fillings of every frame */
export async function composeSentences(seed, each) {
  const random = new SeededRandom(seed);
  const languages = [await readJson('en.json'), ...(await readJson('more-languages.json'))];
  return languages.flatMap((language) =>
    ['orders', 'honest'].flatMap((side) =>
      [...language[side], ...composedFrames(language, side, random)].flatMap((frame) => {
        const texts = Array.from({ length: each }, () => fillIn(frame, { ...language, random }));
        return [...new Set(texts)].map((text) => ({
          text,
          isOrder: side === 'orders',
          frame,
          language: language.language,
        }));
      }),
    ),
  );
}

/** A beginning, what is said, and an end, each drawn by itself. */
function composedFrames(language, side, random) {
  const parts = language.composed?.[side];
  if (!parts) return [];
  return Array.from({ length: Math.round(language[side].length * composedShare) }, () => {
    const text = pick(random, parts.before) + pick(random, parts.core) + pick(random, parts.after);
    return text[0].toUpperCase() + text.slice(1);
  });
}

function fillIn(frame, { fills, language, random }) {
  const text = frame.replaceAll(/\{([a-z]+)\}/g, (_, slot) => {
    const list = fills[slot];
    return list ? pick(random, list) : drawn[slot](random, language);
  });
  return random.whole(0, 11) === 0 ? text.toUpperCase() : text;
}
