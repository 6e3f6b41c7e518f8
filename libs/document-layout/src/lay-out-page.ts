import type { PageLayout } from '@waybill/contracts';
import { cutColumns } from './cut-columns.js';
import { findCheckBoxes } from './find-check-boxes.js';
import { findKeyValues } from './find-key-values.js';
import { gatherBlocks } from './gather-blocks.js';
import { findRuledTables } from './find-ruled-tables.js';
import { gatherSegments, type Segment } from './gather-segments.js';
import { levelPage } from './level-page.js';
import { nameBlocks } from './name-blocks.js';
import type { PageReading } from './page-reading.js';
import { placeFigures } from './place-figures.js';
import type { TableGrid } from './table-grid.js';
import { uprightPage } from './upright-page.js';
import { writeLayout } from './write-layout.js';

/**
 * Lays out one page: words in any order become lines, columns, blocks, tables, key-values, check
 * boxes and figures in reading order. Boxes of
 * the result are 0..1 of the displayed page, origin top left; every word of the reading is in it exactly once.
 */
export function layOutPage(reading: PageReading): PageLayout {
  const page = levelPage(uprightPage(reading));
  const { measure } = gatherSegments(page.words);
  const grids = findRuledTables(page.words, page.rules, measure);
  const drawn = new Map(grids.map((grid) => [asSegment(grid), grid]));
  const inTables = new Set([...drawn.keys()].flatMap(({ words }) => words));
  const { segments } = gatherSegments(
    page.words.filter((word) => !inTables.has(word)),
    measure,
  );
  const regions = cutColumns([...drawn.keys(), ...segments], measure);
  const { blocks, figures } = placeFigures(gatherBlocks(regions, drawn, page.rules, measure), page);
  const pairs = findKeyValues(blocks);
  const checkBoxes = findCheckBoxes(
    blocks.flatMap(({ rows }) => rows),
    page.squares,
  );
  return writeLayout(reading, page, { blocks, names: nameBlocks(blocks, page, pairs), pairs, checkBoxes, figures });
}

function asSegment({ x0, y0, x1, y1, textRows }: TableGrid): Segment {
  const words = textRows.flatMap((row) => row.segments.flatMap((segment) => segment.words));
  return { x0, y0, x1, y1, words, standsAlone: true };
}
