import Table from 'cli-table3';
import type { Colours } from './terminal.js';

export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

const quiet = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '   ',
};

/**
 * A table without lines: dim titles, columns kept apart by space, cells of several lines kept together, and a blank
 * line between rows when any cell has more than one. Cells may carry colours.
 */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  colours: Colours,
): string {
  const table = new Table({
    chars: quiet,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: columns.map((column) => column.align ?? 'left'),
  });
  const airy = rows.some((row) => row.some((cell) => cell.includes('\n')));
  table.push(columns.map((column) => colours.dim(column.title)));
  rows.forEach((row, index) => {
    if (airy && index > 0) table.push(columns.map(() => ''));
    table.push([...row]);
  });
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
