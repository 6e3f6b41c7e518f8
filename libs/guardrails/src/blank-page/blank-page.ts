import type { GrayPicture, Guardrail } from '../guardrail.js';

const id = 'blank-page';
/** Darker than the paper by so much is ink; dust and the shadow of a fold are lighter. */
const inkContrast = 60;
/** A page number has more ink than this. */
const mostInk = 0.0004;
/** The edge of a scan is often dark; it is not looked at. */
const margin = 0.03;

/** Pages on which nothing stands. */
export const blankPage: Guardrail = {
  id,
  places: ['before-model'],
  usesPicture: true,
  kinds: ['blank'],
  inspect: ({ picture, layout }) =>
    picture && (layout?.words.length ?? 0) === 0 && inkShare(picture) <= mostInk
      ? [{ guardrail: id, kind: 'blank', score: 0.95, remark: 'no ink on the page' }]
      : [],
};

/** Share of the inner page that is darker than its paper. */
export function inkShare({ data, width, height }: GrayPicture): number {
  const [left, top] = [Math.floor(width * margin), Math.floor(height * margin)];
  const counts = new Uint32Array(256);
  for (let y = top; y < height - top; y += 1) {
    for (let x = left; x < width - left; x += 1)
      counts[data[y * width + x] ?? 255] = (counts[data[y * width + x] ?? 255] ?? 0) + 1;
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  let [paper, seen] = [255, 0];
  while (paper > 0 && seen < all / 2) seen += counts[paper--] ?? 0;
  return all === 0
    ? 0
    : counts.slice(0, Math.max(0, paper + 1 - inkContrast)).reduce((sum, count) => sum + count, 0) / all;
}
