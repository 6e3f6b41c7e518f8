import { expect, it } from '@jest/globals';
import { tsvWords } from './tsv-words.js';

const head = 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext';

it('gives the words with edges and confidences, and nothing of pages, blocks and empty words', () => {
  const rows = [
    '1\t1\t0\t0\t0\t0\t0\t0\t640\t480\t-1\t',
    '4\t1\t1\t1\t1\t0\t36\t92\t582\t30\t-1\t',
    '5\t1\t1\t1\t1\t1\t36\t92\t60\t24\t87.5\tThis',
    '5\t1\t1\t1\t1\t2\t109\t92\t20\t24\t95\t ',
    '5\t1\t1\t1\t1\t3\t140\t92\t20\t24\t150\tis',
  ];
  expect(tsvWords(`${[head, ...rows].join('\n')}\n`)).toEqual([
    { text: 'This', box: [36, 92, 96, 116], confidence: 0.875 },
    { text: 'is', box: [140, 92, 160, 116], confidence: 1 },
  ]);
});

it('finds no words in no output', () => {
  expect(tsvWords('')).toEqual([]);
});
