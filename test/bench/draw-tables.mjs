/** PDFs with invented tables and their ground truth: what no rule was ever written for. The same seed draws the same. */
import { PDFDocument, rgb, StandardFonts } from 'pdf-lib';

const pageSize = [595, 842];
const black = rgb(0, 0, 0);
const margin = 56;
const nouns =
  'North South Harbour Steel Copper Grain Energy Transport Services Rural Urban Retail Exports Imports Housing Water'.split(
    ' ',
  );
const prose =
  'The figures below were put together from the reports of all districts and are rounded to one decimal place unless stated otherwise in the notes';

/** A generator of numbers 0..1 (mulberry32, public domain, by Tommy Ettinger). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `{ id, bytes, tables }` of one PDF with one to three tables on a page, between lines of prose. */
export async function drawTables(seed) {
  const random = randomOf(seed * 7919 + 13);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const document = await PDFDocument.create();
  const page = document.addPage(pageSize);
  const [serif, sans] = [StandardFonts.TimesRoman, StandardFonts.Helvetica];
  const font = await document.embedFont(random() < 0.5 ? serif : sans);
  const pen = { page, font, size: pick([8, 9, 10, 11]), y: pageSize[1] - margin };
  const tables = [];
  const count = 1 + Math.floor(random() * 3);
  for (let at = 0; at < count && pen.y > 300; at += 1) {
    writeProse(pen, 2 + Math.floor(random() * 4));
    tables.push({ page: 1, cells: drawTable(pen, inventTable({ random, pick })) });
    pen.y -= 2 * pen.size;
  }
  writeProse(pen, 3);
  return { id: `drawn-${seed}`, bytes: await document.save(), tables };
}

function writeProse(pen, lines) {
  const words = prose.split(' ');
  for (let line = 0, at = 0; line < lines && pen.y > margin; line += 1) {
    let text = '';
    while (pen.font.widthOfTextAtSize(`${text} ${words[at % words.length]}`, pen.size) < pageSize[0] - 2 * margin) {
      text = `${text} ${words[at++ % words.length]}`.trim();
    }
    pen.page.drawText(text, { x: margin, y: pen.y, size: pen.size, font: pen.font });
    pen.y -= 1.25 * pen.size;
  }
  pen.y -= pen.size;
}

function inventTable({ random, pick }) {
  const columns = 3 + Math.floor(random() * 4);
  const rows = 4 + Math.floor(random() * 10);
  const cells = [];
  const hasGroups = columns > 4 && random() < 0.5;
  const top = hasGroups ? 2 : 1;
  const add = (row, column, text, [rowSpan, columnSpan] = [1, 1]) =>
    cells.push({ r0: row, c0: column, r1: row + rowSpan - 1, c1: column + columnSpan - 1, text });
  add(0, 0, pick(['Region', 'Sector', 'Item']), [top, 1]);
  if (hasGroups) {
    const half = 1 + Math.ceil((columns - 1) / 2);
    add(0, 1, 'First half of the year', [1, half - 1]);
    add(0, half, 'Second half of the year', [1, columns - half]);
  }
  for (let column = 1; column < columns; column += 1) add(top - 1, column, String(2015 + column));
  const kinds = Array.from({ length: columns }, () => pick(['whole', 'decimal', 'decimal', 'percent']));
  const figure = { whole: 5_000, decimal: 90, percent: 100 };
  for (let row = top; row < top + rows; row += 1) {
    add(row, 0, random() < 0.4 ? `${pick(nouns)} and ${pick(nouns).toLowerCase()}` : pick(nouns));
    for (let column = 1; column < columns; column += 1) {
      if (random() < 0.06) continue;
      const value = random() * figure[kinds[column]];
      add(row, column, kinds[column] === 'whole' ? Math.round(value).toLocaleString('en') : value.toFixed(1));
    }
  }
  const style = pick(['grid', 'lines', 'head', 'none']);
  return { cells, columns, rows: top + rows, top, style, align: pick(['right', 'right', 'left', 'middle']) };
}

/** Draws where the pen is and returns the cells. */
function drawTable(pen, { cells, columns, rows, top, style, align }) {
  const { page, font, size } = pen;
  const height = 1.6 * size;
  const first = 130;
  const width = (pageSize[0] - 2 * margin - first) / (columns - 1);
  const left = (column) => (column === 0 ? margin : margin + first + (column - 1) * width);
  const start = pen.y;
  for (const cell of cells) {
    const [x0, x1] = [left(cell.c0), left(cell.c1 + 1)];
    const long = font.widthOfTextAtSize(cell.text, size);
    const spans = cell.c1 > cell.c0;
    const room = { left: x0 + 4, right: x1 - 4 - long, middle: (x0 + x1 - long) / 2 };
    const x = room[cell.c0 === 0 ? 'left' : spans ? 'middle' : align];
    const y = start - (cell.r1 + 1) * height + 0.45 * size;
    page.drawText(cell.text, { x, y, size, font });
  }
  const across = (row, from = 0) => {
    const y = start - row * height;
    page.drawLine({ start: { x: left(from), y }, end: { x: left(columns), y }, thickness: 0.5 });
  };
  if (style === 'grid') drawGrid({ page, left, start, height }, { cells, columns, rows });
  if (style === 'lines') for (let row = top; row <= rows; row += 1) across(row);
  if (style === 'head') [0, top, rows].forEach((row) => across(row));
  pen.y = start - rows * height - size;
  return cells;
}

function drawGrid({ page, left, start, height }, { cells, columns, rows }) {
  const covered = new Set();
  const box = (r0, c0, r1, c1) =>
    page.drawRectangle({
      x: left(c0),
      y: start - (r1 + 1) * height,
      width: left(c1 + 1) - left(c0),
      height: (r1 + 1 - r0) * height,
      borderWidth: 0.5,
      borderColor: black,
    });
  for (const { r0, c0, r1, c1 } of cells) {
    box(r0, c0, r1, c1);
    for (let row = r0; row <= r1; row += 1) for (let at = c0; at <= c1; at += 1) covered.add(`${row} ${at}`);
  }
  for (let row = 0; row < rows; row += 1) {
    for (let at = 0; at < columns; at += 1) if (!covered.has(`${row} ${at}`)) box(row, at, row, at);
  }
}
