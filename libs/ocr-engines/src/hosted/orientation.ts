import type { RecognisedPage } from '@waybill/document-layout';
import type { HostedWord } from './hosted-reader.js';

type Orientation = Pick<RecognisedPage, 'rotation' | 'skewDegrees'>;

/** Slants that are only how corners were rounded. */
const leastSkewDegrees = 0.1;
/** Upper edges shorter than this, in pixels, say little about their angle. */
const leastLength = 12;

/** How the text lies, from the upper edges of its words. `width` and `height` are the picture's, in pixels. */
export function orientationOf(
  words: readonly HostedWord[],
  { width, height }: { width: number; height: number },
): Orientation {
  const angles = words.flatMap(({ topEdge }) => {
    if (!topEdge) return [];
    const [[x0, y0], [x1, y1]] = topEdge;
    const [dx, dy] = [(x1 - x0) * width, (y1 - y0) * height];
    return Math.hypot(dx, dy) < leastLength ? [] : [(Math.atan2(dy, dx) * 180) / Math.PI];
  });
  const quarters = [0, 0, 0, 0];
  for (const angle of angles) quarters[quarterOf(angle)] = (quarters[quarterOf(angle)] ?? 0) + 1;
  const quarter = quarters.indexOf(Math.max(...quarters));
  const slants = angles
    .filter((angle) => quarterOf(angle) === quarter)
    .map((angle) => angle - 90 * Math.round(angle / 90))
    .sort((a, b) => a - b);
  const slant = slants[Math.floor(slants.length / 2)] ?? 0;
  return {
    rotation: (((4 - quarter) % 4) * 90) as RecognisedPage['rotation'],
    skewDegrees: Math.abs(slant) < leastSkewDegrees ? 0 : slant,
  };
}

/** How many quarter turns clockwise the text lies from upright. */
const quarterOf = (angle: number): number => (Math.round(angle / 90) + 4) % 4;
