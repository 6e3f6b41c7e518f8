import type { Mark } from './find-marks.js';
import type { PageMeasures } from './measure-page.js';

/** With fewer letters, chance makes lines. */
const fewestLetters = 12;
/** Letters fall together on lines within this share of their height. */
const binShare = 1 / 3;

type Lettering = Pick<PageMeasures, 'letters' | 'letterHeight'>;

/** Whether the lines of text run across the page, and not up or down it. False where there are too few letters to tell. */
export const linesLieFlat = (page: Lettering): boolean => flatness(page) > 1;

/**
 * How much better the lines of text run across the page than up or down it: letters of a line have their feet, or their heads, at one
 * height. Told before anything is read. 1 where there are too few letters to tell; pages of lines have 2 and more, those on their side a
 * third, charts and tables anything.
 */
export function flatness({ letters, letterHeight }: Lettering): number {
  if (letters.length < fewestLetters || letterHeight <= 0) return 1;
  const gatheringOf = (place: (mark: Mark) => number): number => gathering(letters.map(place), binShare * letterHeight);
  const across = Math.max(
    gatheringOf(({ y0 }) => y0),
    gatheringOf(({ y1 }) => y1),
  );
  const upAndDown = Math.max(
    gatheringOf(({ x0 }) => x0),
    gatheringOf(({ x1 }) => x1),
  );
  return across / upAndDown;
}

/** How much more places fall together than if they were spread over all that they span; 1 for an even spread. */
function gathering(places: readonly number[], bin: number): number {
  const counts = new Map<number, number>();
  for (const place of places) {
    const index = Math.round(place / bin);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  const indices = [...counts.keys()];
  const span = Math.max(...indices) - Math.min(...indices) + 1;
  const together = [...counts.values()].reduce((sum, count) => sum + count * count, 0);
  return (together * span) / (places.length * places.length);
}
