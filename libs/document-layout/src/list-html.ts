import type { PageBlock } from './page-blocks.js';

/** Consecutive list items as nested lists: `ol` where marks count, `ul` where they do not. Marks stay in the text. */
export function listHtml(items: readonly PageBlock[], openItem: (item: PageBlock) => string): string {
  const html: string[] = [];
  const open: string[] = [];
  for (const item of items) {
    const level = Math.max(1, Math.min(item.block.level ?? 1, open.length + 1));
    const tag = item.block.mark?.counts ? 'ol' : 'ul';
    while (open.length > level) html.push(`</li></${open.pop()}>`);
    if (open.length === level) {
      html.push('</li>');
      if (open.at(-1) !== tag) {
        html.push(`</${open.pop()}>`, `<${tag}>`);
        open.push(tag);
      }
    } else {
      html.push(`<${tag}>`);
      open.push(tag);
    }
    html.push(openItem(item));
  }
  while (open.length > 0) html.push(`</li></${open.pop()}>`);
  return html.join('\n');
}
