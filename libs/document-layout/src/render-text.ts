import type { PageLayout } from '@waybill/contracts';
import { withoutControls } from './escape-html.js';
import { pageBlocks } from './page-blocks.js';

/** Plain text in reading order: a line a line, an empty line between blocks, a form feed between pages. */
export function renderText(pages: readonly PageLayout[]): string {
  return pages.map((page) => `${pageText(page)}\n`).join('\f');
}

function pageText(page: PageLayout): string {
  return pageBlocks(page)
    .map(({ lines }) => lines.map(withoutControls).join('\n'))
    .join('\n\n');
}
