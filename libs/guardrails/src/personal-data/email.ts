import { spanOf, type Recogniser } from './recogniser.js';

/** Endings that are believed after a space, where OCR has cut an address. */
const endings =
  'com|org|net|edu|gov|info|biz|io|co|app|dev|de|fr|it|es|nl|be|se|pl|pt|br|in|uk|us|eu|ch|at|ca|au|my|sg|jp|cn|ru|ie|dk|no|fi|cz';
const whole = /(?<![\w.+-])[\p{L}\p{N}_][\p{L}\p{N}._%+-]*@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}(?!\w)/dgu;
/** An address in pieces: spaces around the sign or the dots, or the sign written in brackets. */
const pieces = new RegExp(
  String.raw`(?<![\w.+-])[\p{L}\p{N}_][\p{L}\p{N}._%+-]* ?(?:@|\(at\)|\[at\]|©) ?[\p{L}\p{N}-]+(?: ?\. ?[\p{L}\p{N}-]+){0,2} ?\. ?(?:${endings})(?![\p{L}\p{N}])`,
  'dgu',
);

/** E-mail addresses, whole or cut into words. */
export const email: Recogniser = {
  kind: 'email',
  find({ text }) {
    if (!/@|\(at\)|\[at\]|©/.test(text)) return [];
    const found = [...text.matchAll(whole)].map((match) => ({ ...spanOf(match), score: 0.99 }));
    const cut = [...text.matchAll(pieces)]
      .map((match) => ({ ...spanOf(match), score: 0.85, remark: 'written in pieces' }))
      .filter(({ start, end }) => !found.some((one) => one.start < end && one.end > start));
    return [...found, ...cut];
  },
};
