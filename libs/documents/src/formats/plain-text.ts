import { textFormat } from './text/text-format.js';

/** Any text that is nothing else. */
export const plainText = textFormat({
  name: 'plain text',
  mediaType: 'text/plain',
  endings: ['txt', 'csv', 'tsv'],
  isIn: () => true,
  linesOf: (text) => text.split('\n').map((line) => ({ text: line, scale: 1 })),
});
