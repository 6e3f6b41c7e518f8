/** Whether a text says a value: as letters and digits of whole words, as the same number, or as the same day. */
export function saysValue(text: string, said: string): boolean {
  const number = numberOf(said);
  if (number !== undefined) {
    const printed = (text.match(/\d[\d.,' ]*\d|\d/g) ?? []).some((one) => numberOf(one) === number);
    return printed || (number === 0 && zero.test(plainOf(text)));
  }
  const day = dayOf(said);
  if (day !== undefined && daysIn(text).includes(day)) return true;
  const wanted = plainOf(said);
  if (wanted === '') return false;
  if (sameCurrency(text, said)) return true;
  const squeezed = wanted.replaceAll(' ', '');
  if (squeezed.length >= longCode && /\d/.test(squeezed) && plainOf(text).replaceAll(' ', '').includes(squeezed))
    return true;
  return isUnspaced.test(wanted) ? plainOf(text).includes(wanted) : ` ${plainOf(text)} `.includes(` ${wanted} `);
}

/** Whether a text has a value of the same sort: a number, a day, or anything. */
export function mayHold(text: string, said: string): boolean {
  if (dayOf(said) !== undefined) return daysIn(text).length > 0;
  if (numberOf(said) === undefined) return true;
  return /[.,]\d{2}(?!\d)/.test(said) ? /\d[.,]\d{2}(?!\d)/.test(text) : /\d/.test(text);
}

/** An account number may be printed in groups. */
const longCode = 8;
const currencies: Readonly<Record<string, RegExp>> = {
  EUR: /€|\beuros?\b/i,
  USD: /\$|\b(?:us )?dollars?\b/i,
  GBP: /£|\bpounds?(?: sterling)?\b/i,
  JPY: /[¥円]|\byen\b/i,
  CHF: /\b(?:swiss )?francs?\b|\bfranken\b/i,
  INR: /₹|\brupees?\b/i,
};
const sameCurrency = (text: string, said: string): boolean =>
  currencies[said.trim().toUpperCase()]?.test(text) === true;

/** Whether a text has words that a class or a state of one or two words comes from: "approve" for `approved`. */
export function saysStem(text: string, said: string): boolean {
  const words = plainOf(said).split(' ');
  const own = plainOf(text).split(' ');
  const stem = (word: string): string => word.slice(0, Math.max(4, word.length - 3));
  return words.length <= 2 && words.every((word) => word.length >= 4 && own.some((one) => one.startsWith(stem(word))));
}

const isUnspaced = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u1100-\u11ff]/u;
const zero =
  /(?<!\p{L})(?:nil|zero|nothing|free of charge|nul|nulle?|null|cero|nada|niente|nulla|nic|zera|noll|ноль|нуля|нулю|nula|零|ゼロ|영|صفر)(?!\p{L})/u;

/** Lower case, without accents and marks, one space between words. */
export const plainOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A printed number as a number: the last separator with one or two digits behind it is the decimal one. A currency may stand at its side. */
export function numberOf(text: string): number | undefined {
  const plain = text
    .replace(/^(?:[A-Z]{3}|[$€£¥₹]|RM|US\$)\s?(?=\d)/, '')
    .replace(/\s?(?:[A-Z]{3}|[$€£¥₹%円원元])$/, '')
    .replaceAll(/[\s']/g, '');
  if (!/^[-+]?\d[\d.,]*$/.test(plain)) return undefined;
  const decimal = /[.,](\d{1,2})$/.exec(plain);
  const whole = (decimal ? plain.slice(0, decimal.index) : plain).replaceAll(/[.,]/g, '');
  return Number(decimal ? `${whole}.${decimal[1]}` : whole);
}

/** Beginnings of the names of months, without accents, in order; languages with beginnings of their own. */
const monthNames = [
  'jan|ene|gen|janv|sty|янв|oca|led',
  'feb|fev|lut|фев|sub|uno',
  'mar|maar|mrz|мар|brez',
  'apr|avr|abr|kwi|апр|nis|dub',
  'may|mai|mei|maj|mag|мая|маи|kve',
  'jun|juin|giu|cze|июн|haz|cervn',
  'jul|juil|lug|lip|июл|tem|cervenc',
  'aug|aou|ago|sie|авг|agu|srp',
  'sep|set|wrz|сен|eyl|zar',
  'oct|okt|out|ott|paz|окт|eki|rij',
  'nov|lis|ноя|kas|listop',
  'dec|dez|dic|gru|дек|ara|pros',
].map((names) => new RegExp(`^(?:${names})`, 'i'));
const monthOf = (name: string): number => monthNames.findIndex((names) => names.test(plainOf(name))) + 1;

/** A day as `2026-01-31`; of two that could be, the one with the day first. */
const dayOf = (said: string): string | undefined => (said.length <= 30 ? daysIn(said)[0] : undefined);

function daysIn(text: string): string[] {
  const form = (year: string, month: number, day: string) =>
    `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const years = [...text.matchAll(/(?<!\d)(\d{4})[-./年년]\s?(\d{1,2})[-./月월]\s?(\d{1,2})(?!\d)/g)].map(
    ([, year = '', month, day = '']) => form(year, Number(month), day),
  );
  const days = [...text.matchAll(/(?<!\d)(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d)/g)].flatMap(
    ([, first = '', second = '', year = '']) => [form(year, Number(second), first), form(year, Number(first), second)],
  );
  const named = [
    ...text.matchAll(/(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)? (?:de |of )?(\p{L}{3,})\.?,? (?:de )?(\d{4})/gu),
  ].map(([, day = '', month = '', year = '']) => form(year, monthOf(month), day));
  const first = [...text.matchAll(/(\p{L}{3,}) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})/gu)].map(
    ([, month = '', day = '', year = '']) => form(year, monthOf(month), day),
  );
  return [...years, ...days, ...named, ...first];
}
