import type { ExtractedField } from '@waybill/contracts';
import {
  escapeHtml,
  overlayLayers,
  overlaySize,
  renderMarkdown,
  renderPageHtml,
  renderText,
} from '@waybill/document-layout';
import type { InspectedPage, ReadPage } from '../inspection.js';
import { fieldLists } from './field-lists.js';
import { kindFacts, readingFacts } from './page-facts.js';

const layers = [
  ['words', 'words'],
  ['blocks', 'blocks'],
  ['tables', 'tables'],
  ['pairs', 'labels with values'],
  ['fields', 'fields'],
  ['checks', 'check boxes'],
  ['figures', 'figures'],
] as const;
const keysOf = [
  ['sure', 'sure, from .90'],
  ['likely', 'likely, from .60'],
  ['doubtful', 'doubtful'],
] as const;
/** Blocks and pairs cover much of a page; whoever wants them ticks them. */
const shownFirst: ReadonlySet<string> = new Set(['words', 'tables', 'fields', 'checks', 'figures']);

/** One page of a report: its picture with boxes, what was found on it, and how it was read. */
export function pageSection(page: InspectedPage, fields: readonly ExtractedField[]): string {
  const title = `<h3>Page ${page.number}</h3>`;
  if (page.status === 'failed') {
    const { message } = page.failure;
    return `<section class="page" id="page-${page.number}"><header>${title}</header><p class="problem">${escapeHtml(message)}</p></section>`;
  }
  const { classification } = page;
  const kind = classification
    ? `<span class="quiet">${classification.kind}, ${classification.confidence.toFixed(2)} sure</span>`
    : '';
  return `<section class="page" id="page-${page.number}"><header>${title}${kind}</header>
<div class="columns"><div class="shown">${drawing(page, fields)}${ticks(page, fields.length)}</div>
<div class="told">${fieldLists(fields)}${kindFacts(page)}${readingFacts(page)}</div></div>
${tabs(page)}</section>`;
}

function drawing({ layout, picture, number }: ReadPage, fields: readonly ExtractedField[]): string {
  const { width, height } = overlaySize(layout);
  const drawn = overlayLayers(layout, { ...(picture ? { image: picture } : {}), fields });
  return `<svg class="overlay" role="img" aria-label="Page ${number} with boxes" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${drawn}<g class="highlight"></g></svg>`;
}

/** The legend, and which boxes are shown: only of what there is. */
function ticks({ layout }: ReadPage, fieldCount: number): string {
  const { words, blocks, tables, keyValues, checkBoxes = [], figures = [] } = layout;
  const counts = {
    ...{ words: words.length, blocks: blocks.length, tables: tables.length, pairs: keyValues.length },
    ...{ checks: checkBoxes.length, figures: figures.length, fields: fieldCount },
  };
  const boxes = layers.flatMap(([name, label]) => {
    const count = counts[name];
    if (count === 0) return [];
    const checked = shownFirst.has(name) ? ' checked' : '';
    const said = `${label} <span class="quiet">${count}</span>`;
    return [`<label><input type="checkbox" data-layer="${name}"${checked}>${said}</label>`];
  });
  const keys = keysOf.map(([name, label]) => `<span class="key ${name}">${label}</span>`).join('');
  return `<div class="layers">${boxes.join('')}</div><div class="layers">${keys}</div>`;
}

/** The page as its readers get it: structured, as Markdown, as text. */
function tabs({ layout, number }: ReadPage): string {
  const name = `view-${number}`;
  const panels = [
    ['Structure', `<div class="panel content">${renderPageHtml(layout)}</div>`],
    ['Markdown', `<div class="panel"><pre>${preformatted(renderMarkdown([layout]))}</pre></div>`],
    ['Text', `<div class="panel"><pre>${preformatted(renderText([layout]))}</pre></div>`],
  ] as const;
  const heads = panels.map(([label], at) => {
    const id = `${name}-${at}`;
    return `<input type="radio" name="${name}" id="${id}"${at === 0 ? ' checked' : ''}><label for="${id}">${label}</label>`;
  });
  return `<div class="tabs">${heads.join('')}${panels.map(([, panel]) => panel).join('')}</div>`;
}

/** Line by line, because line ends are control characters, too. */
const preformatted = (text: string): string => text.split('\n').map(escapeHtml).join('\n');
