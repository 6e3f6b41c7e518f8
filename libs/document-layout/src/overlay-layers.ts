import type { Box, ExtractedField, PageLayout } from '@waybill/contracts';
import { escapeHtml } from './escape-html.js';

/** The page's picture, as bytes that a browser can show; without one the boxes stand on white. */
export interface OverlayImage {
  readonly mediaType: string;
  readonly base64: string;
}

/** What may be drawn over a page beside its layout. */
export interface OverlayExtras {
  readonly image?: OverlayImage;
  /** Fields that were found on this page. */
  readonly fields?: readonly ExtractedField[];
}

interface Mark {
  readonly box: Box;
  readonly confidence: number;
  readonly title: string;
}

const [longSide, shortSide] = [1_400, 990];
const sure = 0.9;
const likely = 0.6;
const shownTypes: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);

/** For every `svg` of the class `overlay`, alone or in a page. */
export const overlayStyle = `.overlay rect{fill:none;stroke-width:1;vector-effect:non-scaling-stroke}
.overlay .sure{stroke:#15803d;fill:#15803d}.overlay .likely{stroke:#b45309;fill:#b45309}
.overlay .doubtful{stroke:#b91c1c;fill:#b91c1c}
.overlay .words rect{fill-opacity:.12;stroke-opacity:.5}.overlay .blocks rect{fill-opacity:0;stroke-dasharray:6 3}
.overlay .cells rect{fill-opacity:.04}.overlay .tables rect,.overlay .figures rect{fill-opacity:0;stroke-width:3}
.overlay .pairs rect{fill-opacity:.14;stroke-width:1.5}.overlay .fields rect{fill-opacity:.1;stroke-width:2}
.overlay .checks rect{fill-opacity:.35;stroke-width:2}`;

/** How a confidence is coloured: green from .9, amber from .6, else red. */
export const certaintyOf = (confidence: number): 'sure' | 'likely' | 'doubtful' =>
  confidence >= sure ? 'sure' : confidence >= likely ? 'likely' : 'doubtful';

/**
 * Size of a page's drawing, in units of its view box. The longer side is the same for all pages up to the shape of a sheet;
 * longer ones, such as slips of a till, get the area of a sheet: fitted to its side they would be too narrow to be read.
 */
export function overlaySize({ width, height }: Pick<PageLayout, 'width' | 'height'>): {
  width: number;
  height: number;
} {
  const scale = Math.max(longSide / Math.max(width, height), Math.sqrt((longSide * shortSide) / (width * height)));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The page's picture and a group of boxes for each sort of thing, as the content of an `svg` of `overlaySize`. */
export function overlayLayers(layout: PageLayout, { image, fields = [] }: OverlayExtras = {}): string {
  const { width, height } = overlaySize(layout);
  const place = ([x0, y0, x1, y1]: Box): string => {
    const [x, y] = [tenths(x0 * width), tenths(y0 * height)];
    return `x="${x}" y="${y}" width="${tenths((x1 - x0) * width)}" height="${tenths((y1 - y0) * height)}"`;
  };
  const layer = (name: string, marks: readonly Mark[]): string => {
    const rects = marks.map(
      ({ box, confidence, title }) =>
        `<rect class="${certaintyOf(confidence)}" ${place(box)}><title>${escapeHtml(title)} (${confidence.toFixed(2)})</title></rect>`,
    );
    return `<g class="${name}">${rects.join('')}</g>`;
  };
  const shown = image && shownTypes.has(image.mediaType) && /^[A-Za-z0-9+/=]*$/.test(image.base64) ? image : undefined;
  return [
    `<path d="M0 0H${width}V${height}H0z" fill="#fff"/>`,
    ...(shown
      ? [
          `<image width="${width}" height="${height}" preserveAspectRatio="none" href="data:${shown.mediaType};base64,${shown.base64}"/>`,
        ]
      : []),
    ...layersOf(layout).map(([name, marks]) => layer(name, marks)),
    layer('fields', fields.flatMap(marksOfField)),
  ].join('\n');
}

function layersOf(layout: PageLayout): [name: string, marks: Mark[]][] {
  const { words, blocks, tables, keyValues, checkBoxes = [], figures = [] } = layout;
  const pairs = keyValues.flatMap(({ key, value, confidence }): Mark[] => [
    { box: key.box, confidence, title: `key: ${key.text}` },
    { box: value.box, confidence, title: `${key.text}: ${value.text}` },
  ]);
  const cells = tables.flatMap((table) =>
    table.cells.map(({ box, row, column, text, confidence = table.confidence }): Mark => {
      return { box, confidence, title: `cell ${row}, ${column}: ${text}` };
    }),
  );
  return [
    ['figures', figures.map(({ box, confidence, kind }) => ({ box, confidence, title: kind }))],
    ['blocks', blocks.map(({ box, confidence, kind }) => ({ box, confidence, title: kind }))],
    ['cells', cells],
    [
      'tables',
      tables.map(({ box, confidence, rows, columns }) => ({ box, confidence, title: `table, ${rows} x ${columns}` })),
    ],
    ['words', words.map(({ box, confidence, text }) => ({ box, confidence, title: text }))],
    ['pairs', pairs],
    [
      'checks',
      checkBoxes.map(({ box, confidence, state, label }) => ({
        box,
        confidence,
        title: `${state} ${label?.text ?? ''}`,
      })),
    ],
  ];
}

const marksOfField = ({ path, value, confidence, boxes }: ExtractedField): Mark[] =>
  boxes.map((box) => ({ box, confidence, title: `${path.slice(1)} = ${value}` }));

const tenths = (value: number): number => Math.round(10 * value) / 10;
