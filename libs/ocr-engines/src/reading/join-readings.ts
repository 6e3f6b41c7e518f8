import type { RawWord } from '@waybill/document-layout';

/** Boxes that share more of the smaller one's area than this are two readings of one word. */
const sameWordShare = 0.3;

/** The words of the better reading, with those of the other where the better one has none and the other is sure. */
export function joinReadings(better: readonly RawWord[], other: readonly RawWord[], sureFrom: number): RawWord[] {
  const filling = other.filter(
    (word) => word.confidence >= sureFrom && !better.some((taken) => sharedShare(taken, word) > sameWordShare),
  );
  return [...better, ...filling];
}

/** The words of one reading, each exchanged for the one word of the other at its place where that is surer by `by`. */
export function takeSurer(words: readonly RawWord[], other: readonly RawWord[], by: number): RawWord[] {
  const at = (place: RawWord, among: readonly RawWord[]): RawWord[] =>
    among.filter((word) => sharedShare(place, word) > sameWordShare);
  return words.map((word) => {
    const [rival, ...more] = at(word, other);
    const isOneForOne = rival !== undefined && more.length === 0 && at(rival, words).length === 1;
    return isOneForOne && rival.confidence > word.confidence + by ? rival : word;
  });
}

/** Shared area as a share of the smaller box. */
function sharedShare({ box: one }: RawWord, { box: two }: RawWord): number {
  const width = Math.min(one[2], two[2]) - Math.max(one[0], two[0]);
  const height = Math.min(one[3], two[3]) - Math.max(one[1], two[1]);
  if (width <= 0 || height <= 0) return 0;
  const area = (box: RawWord['box']): number => Math.max(1, (box[2] - box[0]) * (box[3] - box[1]));
  return (width * height) / Math.min(area(one), area(two));
}
