import type { Box, PageLayout } from '@waybill/contracts';
import { escapeHtml } from './escape-html.js';

/** The page's picture, as bytes that a browser can show; without one the boxes stand on white. */
export interface OverlayImage {
  readonly mediaType: string;
  readonly base64: string;
}

interface Mark {
  readonly box: Box;
  readonly confidence: number;
  readonly title: string;
}

const longSide = 1_400;
const sure = 0.9;
const likely = 0.6;
const shownTypes: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif']);
const style = `rect{fill:none;stroke-width:1;vector-effect:non-scaling-stroke}
.sure{stroke:#15803d;fill:#15803d}.likely{stroke:#b45309;fill:#b45309}.doubtful{stroke:#b91c1c;fill:#b91c1c}
.words rect{fill-opacity:.12;stroke-opacity:.5}.blocks rect{fill-opacity:0;stroke-dasharray:6 3}
.cells rect{fill-opacity:.04}.tables rect,.figures rect{fill-opacity:0;stroke-width:3}
.fields rect{fill-opacity:.2;stroke-width:2}.checks rect{fill-opacity:.35;stroke-width:2}`;

/**
 * One page as a self-contained SVG: its picture, and over it the boxes of words, blocks, tables with their cells,
 * key-values, check boxes and figures, coloured by confidence (green from .9, amber from .6, else red), each with a title
 * that says what it is. No scripts, no links, nothing to load.
 */
export function renderOverlay(layout: PageLayout, image?: OverlayImage): string {
  const scale = longSide / Math.max(layout.width, layout.height);
  const [width, height] = [Math.round(layout.width * scale), Math.round(layout.height * scale)];
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
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>Page ${layout.page} of document ${layout.document}</title><style>${style}</style>`,
    `<path d="M0 0H${width}V${height}H0z" fill="#fff"/>`,
    ...(shown
      ? [
          `<image width="${width}" height="${height}" preserveAspectRatio="none" href="data:${shown.mediaType};base64,${shown.base64}"/>`,
        ]
      : []),
    ...layersOf(layout).map(([name, marks]) => layer(name, marks)),
    '</svg>',
    '',
  ].join('\n');
}

function layersOf(layout: PageLayout): [name: string, marks: Mark[]][] {
  const { words, blocks, tables, keyValues, checkBoxes = [], figures = [] } = layout;
  const fields = keyValues.flatMap(({ key, value, confidence }): Mark[] => [
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
    ['fields', fields],
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

const certaintyOf = (confidence: number): string =>
  confidence >= sure ? 'sure' : confidence >= likely ? 'likely' : 'doubtful';

const tenths = (value: number): number => Math.round(10 * value) / 10;
