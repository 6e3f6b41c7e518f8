import type { Box } from '@waybill/contracts';
import type { Extent } from './extent.js';
import type { DrawnSquare, PageReading, PictureArea } from './page-reading.js';

/** A word on the upright page. `index` is its place in the reading. */
export interface PlacedWord extends Extent {
  readonly index: number;
  readonly text: string;
}

export interface PlacedSquare extends Extent {
  readonly ink: DrawnSquare['ink'];
}

export interface PlacedPicture extends Extent {
  readonly kind: PictureArea['kind'];
  readonly certainty: number;
}

/** The page turned so that its text runs from left to right. */
export interface UprightPage {
  readonly width: number;
  readonly height: number;
  readonly words: readonly PlacedWord[];
  /** Ruled lines, each as a thin extent. */
  readonly rules: readonly Extent[];
  readonly squares: readonly PlacedSquare[];
  readonly pictures: readonly PlacedPicture[];
  /** A rectangle of the upright page as a normalised box of the displayed page. */
  readonly toDisplayed: (extent: Extent) => Box;
}

type Point = readonly [x: number, y: number];

/** Turns a page upright by its reading's rotation and skew. Boxes lose the height that slant had added to them. */
export function uprightPage(reading: PageReading): UprightPage {
  const { rotation, width, height } = reading;
  const lying = rotation === 90 || rotation === 270;
  const frame = { width: lying ? height : width, height: lying ? width : height };
  const skew = (Math.max(-30, Math.min(30, finite(reading.skewDegrees))) * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(skew), Math.sin(skew)];
  const [centreX, centreY] = [frame.width / 2, frame.height / 2];

  const upright = ([x, y]: Point): Point => {
    const [u, v] = turn(reading, [x, y]);
    const [dx, dy] = [u - centreX, v - centreY];
    return skew === 0 ? [u, v] : [centreX + dx * cosine + dy * sine, centreY - dx * sine + dy * cosine];
  };
  const displayed = ([u, v]: Point): Point => {
    const [dx, dy] = [u - centreX, v - centreY];
    const back: Point = skew === 0 ? [u, v] : [centreX + dx * cosine - dy * sine, centreY + dx * sine + dy * cosine];
    return turnBack(reading, back);
  };
  const place = (box: Box): Extent => {
    const [x0, y0, x1, y1] = box.map((edge, at) => nearPage(edge, at % 2 === 0 ? width : height)) as Box;
    const [u, v] = upright([(x0 + x1) / 2, (y0 + y1) / 2]);
    const [across, down] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
    const [wide, high] = straighten(lying ? [down, across] : [across, down], Math.abs(skew));
    const tall = Math.max(high, thinnestWord * frame.height);
    return { x0: u - wide / 2, y0: v - tall / 2, x1: u + wide / 2, y1: v + tall / 2 };
  };

  return {
    ...frame,
    squares: (reading.squares ?? []).map(({ box, ink }) => ({ ink, ...place(box) })),
    pictures: (reading.pictures ?? []).map(({ box, kind, certainty }) => ({ kind, certainty, ...place(box) })),
    words: reading.words.map(({ text, box }, index) => ({ index, text, ...place(box) })),
    rules: (reading.rules ?? []).map(({ x0, y0, x1, y1 }) => {
      const [a, b] = [upright([finite(x0), finite(y0)]), upright([finite(x1), finite(y1)])];
      return {
        x0: Math.min(a[0], b[0]),
        y0: Math.min(a[1], b[1]),
        x1: Math.max(a[0], b[0]),
        y1: Math.max(a[1], b[1]),
      };
    }),
    toDisplayed: ({ x0, y0, x1, y1 }) => {
      const corners = [displayed([x0, y0]), displayed([x1, y0]), displayed([x1, y1]), displayed([x0, y1])];
      const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
      return normalisedBox([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], reading);
    },
  };
}

/** A box of the displayed page as shares of its size, clamped to the page. */
export function normalisedBox(box: Box, page: Pick<PageReading, 'width' | 'height'>): Box {
  const share = (value: number, whole: number): number => Math.min(1, Math.max(0, finite(value) / whole));
  const [x0, y0, x1, y1] = box;
  return [
    share(Math.min(x0, x1), page.width),
    share(Math.min(y0, y1), page.height),
    share(Math.max(x0, x1), page.width),
    share(Math.max(y0, y1), page.height),
  ];
}

/** Every word has a height, as a share of the page's, so that sizes can be compared. */
const thinnestWord = 1e-4;

/** A coordinate that no broken reading can carry further than half a page away. */
const nearPage = (value: number, length: number): number =>
  Math.max(-0.5 * length, Math.min(1.5 * length, finite(value)));

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

function turn({ rotation, width, height }: PageReading, [x, y]: Point): Point {
  if (rotation === 90) return [height - y, x];
  if (rotation === 180) return [width - x, height - y];
  if (rotation === 270) return [y, width - x];
  return [x, y];
}

function turnBack({ rotation, width, height }: PageReading, [u, v]: Point): Point {
  if (rotation === 90) return [v, height - u];
  if (rotation === 180) return [width - u, height - v];
  if (rotation === 270) return [width - v, u];
  return [u, v];
}

/** Sides of a slanted rectangle from the sides of the upright box around it; never below a third of those. */
function straighten([wide, high]: Point, slant: number): Point {
  if (slant === 0) return [wide, high];
  const [cosine, sine] = [Math.cos(slant), Math.sin(slant)];
  const scale = Math.cos(2 * slant);
  return [
    Math.max(wide / 3, (wide * cosine - high * sine) / scale),
    Math.max(high / 3, (high * cosine - wide * sine) / scale),
  ];
}
