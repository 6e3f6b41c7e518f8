import { markdownLines } from './text/markdown-lines.js';
import { textFormat } from './text/text-format.js';

/** Things that Markdown has and other texts have not, or not often. */
const signs = [
  /^ {0,3}#{1,6} \S/m,
  /^ {0,3}(```|~~~)/m,
  /\[[^\]\n]+\]\((https?:|\/|#|\.)[^)\n]*\)/,
  /^\s*\|(\s*:?-{2,}:?\s*\|)+\s*$/m,
  /(^|\s)\*\*\S[^*\n]*\S\*\*/,
  /^\s*[-*+] \S.*\n\s*[-*+] \S/m,
];
const enoughSigns = 2;

export const markdown = textFormat({
  name: 'Markdown',
  mediaType: 'text/markdown',
  endings: ['md', 'markdown'],
  isIn: (beginning) => signs.filter((sign) => sign.test(beginning)).length >= enoughSigns,
  linesOf: markdownLines,
});
