import type { Row } from './gather-rows.js';
import { segmentText } from './gather-segments.js';

/** How a list item opens. */
export interface ListMark {
  readonly text: string;
  /** Of items that are counted, how: `1.` and `2.` are alike, `1.` and `a)` are not. Bullets are alike when equal. */
  readonly style: string;
  readonly counts: boolean;
}

/** Also the private signs by which Symbol and Wingdings name their bullets. */
const bullet = /^[•◦▪●■□○‣·➢►▶➔⁃*–—\uF0A7\uF0B7\uF0D8\uF0FC-]$/u;
const gluedBullet = /^([•◦▪●‣\uF0A7\uF0B7])(?=\p{L})/u;
const counted = /^(\(?)(\d{1,2}|[a-z]|[ivx]{1,4})([.)])$/iu;

/** The mark that a row opens with, when text follows it; undefined for any other row. */
export function listMarkOf(row: Row): ListMark | undefined {
  const words = row.segments.flatMap((segment) => segment.words);
  const first = words[0]?.text ?? '';
  const glued = gluedBullet.exec(first)?.[1];
  if (glued) return { text: glued, style: glued, counts: false };
  if (words.length < 2 || !/\p{L}{2}/u.test(row.segments.map(segmentText).join(' '))) return undefined;
  if (bullet.test(first)) return { text: first, style: first, counts: false };
  const [, opening = '', number = '', closing = ''] = counted.exec(first) ?? [];
  if (number === '') return undefined;
  const kind = /\d/.test(number) ? '1' : number === number.toLowerCase() ? 'a' : 'A';
  return { text: first, style: `${opening}${kind}${closing}`, counts: true };
}
