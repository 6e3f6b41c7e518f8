import type { PageLayout } from '@waybill/contracts';
import { overlayLayers, overlaySize, overlayStyle, type OverlayExtras } from './overlay-layers.js';

const legendHeight = 44;
const certainties = [
  ['sure', 'at least .90 sure'],
  ['likely', 'at least .60'],
  ['doubtful', 'less'],
] as const;
const shapes = [
  ['words', 'words'],
  ['blocks', 'blocks'],
  ['tables', 'tables, figures'],
  ['fields', 'fields'],
  ['checks', 'check boxes'],
] as const;
const legendStyle = `.legend text{font:15px system-ui,sans-serif;fill:#1f2937}
.legend .sample rect{stroke:#374151;fill:#374151}.legend .colour rect{fill-opacity:.6}`;

/**
 * One page as a self-contained SVG: its picture, and over it the boxes of words, blocks, tables with their cells,
 * key-values, check boxes, figures and extracted fields, coloured by confidence (green from .9, amber from .6, else red),
 * each with a title that says what it is; below the page a legend. No scripts, no links, nothing to load.
 */
export function renderOverlay(layout: PageLayout, extras: OverlayExtras = {}): string {
  const { width, height } = overlaySize(layout);
  const whole = height + legendHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="overlay" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}">`,
    `<title>Page ${layout.page} of document ${layout.document}</title><style>${overlayStyle}${legendStyle}</style>`,
    overlayLayers(layout, extras),
    legend(width, height),
    '</svg>',
    '',
  ].join('\n');
}

/** Below the page, made small where the page is narrow. */
function legend(width: number, top: number): string {
  let x = 16;
  const entry = (group: string, rectClass: string, label: string): string => {
    const at = x;
    x += 50 + 8 * label.length;
    const rect = `<g class="${group}"><rect class="${rectClass}" x="${at}" y="13" width="22" height="18"/></g>`;
    return `${rect}<text x="${at + 30}" y="28">${label}</text>`;
  };
  const entries = [
    ...certainties.map(([name, label]) => entry('colour', name, label)),
    ...shapes.map(([name, label]) => entry(`sample ${name}`, 'shape', label)),
  ];
  const scale = Math.min(1, width / x);
  return [
    `<path d="M0 ${top}H${width}V${top + legendHeight}H0z" fill="#f3f4f6"/>`,
    `<g class="legend" transform="translate(0 ${top}) scale(${Math.round(1_000 * scale) / 1_000})">${entries.join('')}</g>`,
  ].join('\n');
}
