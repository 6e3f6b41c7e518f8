import type { PageLayout } from '@waybill/contracts';
import { withoutControls } from './escape-html.js';
import { joinPartedWords } from './join-parted-words.js';
import { pageBlocks, type PageBlock } from './page-blocks.js';

/**
 * Plain text in reading order: a line a line, an empty line between blocks, a form feed between pages. Words that are parted at the end of
 * a line are whole.
 */
export function renderText(pages: readonly PageLayout[]): string {
  const texts = pageBlocks(pages, []).map((blocks) => `${pageText(blocks)}\n`);
  return joinPartedWords(texts.join('\f'));
}

function pageText(blocks: readonly PageBlock[]): string {
  return blocks
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines }) => lines.map(withoutControls).join('\n'))
    .reduce((text, block) => `${text}${gapBetween(text, block)}${block}`, '');
}

/** A word that is parted at the end of a block goes on in the next one. */
function gapBetween(text: string, block: string): string {
  if (text === '') return '';
  return /\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(block) ? '\n' : '\n\n';
}
