/** A line of a text, with the size of its letters as a multiple of the usual one. */
export interface TextLine {
  readonly text: string;
  readonly scale: number;
}

/** A row as it stands on a page: `top` is points from the page's upper edge. */
export interface SetRow extends TextLine {
  readonly top: number;
}

/** A page of text. Sizes are points. */
export interface SetPage {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly SetRow[];
}

/** A typewriter’s measures: A4 holds 60 rows of 83 columns. */
export const typeface = { points: 10, columnPoints: 6, rowPoints: 12.4, marginPoints: 48 } as const;
const paper = { width: 595, height: 842 } as const;
/** Tables of text are wider than A4; up to this the page grows with them, and longer lines are broken. */
const mostColumns = 240;
const fewestColumns = Math.floor((paper.width - 2 * typeface.marginPoints) / typeface.columnPoints);
const tabColumns = 8;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Columns that a character takes. */
export const columnsOf = (character: string): number => (character > '\u1100' && wide.test(character) ? 2 : 1);

/** Sets lines on pages, one after the other; a form feed begins a new page. There is always a first page. */
export function* setText(lines: readonly TextLine[]): Generator<SetPage> {
  const columns = Math.min(mostColumns, Math.max(fewestColumns, ...longestOf(lines)));
  const width = Math.max(paper.width, 2 * typeface.marginPoints + columns * typeface.columnPoints);
  const page = (): SetPage => ({ width, height: paper.height, rows });
  let rows: SetRow[] = [];
  let top: number = typeface.marginPoints;
  for (const line of lines) {
    for (const [index, part] of line.text.split('\f').entries()) {
      if (index > 0) {
        yield page();
        [rows, top] = [[], typeface.marginPoints];
      }
      for (const text of brokenAt(withoutTabs(part), Math.floor(columns / line.scale))) {
        const height = typeface.rowPoints * line.scale;
        if (top + height > paper.height - typeface.marginPoints) {
          yield page();
          [rows, top] = [[], typeface.marginPoints];
        }
        if (text.trim() !== '') rows.push({ text, scale: line.scale, top });
        top += height;
      }
    }
  }
  yield page();
}

/** In runs, because there may be more lines than a call takes arguments. */
function longestOf(lines: readonly TextLine[]): number[] {
  return [lines.reduce((longest, { text, scale }) => Math.max(longest, text.length * scale), 0)];
}

function withoutTabs(text: string): string {
  if (!text.includes('\t')) return text;
  let set = '';
  for (const part of text.split('\t').entries()) {
    if (part[0] > 0) set += ' '.repeat(tabColumns - (set.length % tabColumns));
    set += part[1];
  }
  return set;
}

/** Pieces of at most `columns` columns, broken at spaces where there are any. */
function brokenAt(text: string, columns: number): string[] {
  if (text.length * 2 <= columns) return [text];
  const pieces: string[] = [];
  let [piece, taken, space] = ['', 0, -1];
  for (const character of text) {
    const takes = columnsOf(character);
    if (taken + takes > columns) {
      const isAtSpace = space > columns / 2;
      pieces.push(isAtSpace ? piece.slice(0, space) : piece);
      piece = isAtSpace ? piece.slice(space + 1) : '';
      taken = [...piece].reduce((sum, each) => sum + columnsOf(each), 0);
      space = -1;
    }
    if (character === ' ') space = piece.length;
    piece += character;
    taken += takes;
  }
  return [...pieces, piece];
}
