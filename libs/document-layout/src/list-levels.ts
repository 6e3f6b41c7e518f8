import type { BlockDraft } from './gather-blocks.js';
import { listMarkOf } from './list-mark.js';

interface OpenList {
  readonly x0: number;
  readonly style: string;
}

const deepest = 6;

/**
 * How deep each list item is nested, from 1; undefined for other blocks. An item further to the right, or with another
 * kind of mark at the same place, opens a list inside the one before. Anything but an item or running text closes all.
 */
export function listLevels(blocks: readonly BlockDraft[], isItem: (at: number) => boolean): (number | undefined)[] {
  let open: OpenList[] = [];
  let region: number | undefined;
  return blocks.map((block, at) => {
    const [first] = block.rows;
    const mark = first && isItem(at) ? listMarkOf(first) : undefined;
    if (block.region !== region) open = [];
    region = block.region;
    if (!first || !mark) {
      if (block.grid) open = [];
      return undefined;
    }
    open = withItem(open, { x0: first.x0, style: mark.style }, 0.6 * first.wordHeight);
    return Math.min(deepest, open.length);
  });
}

function withItem(open: readonly OpenList[], item: OpenList, tolerance: number): OpenList[] {
  const isAt = (list: OpenList): boolean => Math.abs(list.x0 - item.x0) <= tolerance;
  const same = open.findLastIndex((list) => isAt(list) && list.style === item.style);
  if (same >= 0) return open.slice(0, same + 1);
  const outer = open.filter((list) => list.x0 < item.x0 - tolerance || isAt(list));
  return [...outer, item];
}
