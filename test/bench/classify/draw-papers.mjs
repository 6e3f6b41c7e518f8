/** Pages of running text, tables, forms, blank sheets and handwriting. Each takes a drawing and a seeded generator. */
import { faceFamilies } from './canvas.mjs';
import { capital, day, figure, title, word, words } from './words.mjs';

const gray = (level) => [level, level, level];

/** Lines of words between two edges, set in block or ragged; gives the baseline after the last one. */
export function paragraph(canvas, random, { x, y, width, lines, face, size, leading, justified, indent = 0 }) {
  let top = y;
  for (let line = 0; line < lines; line += 1) {
    const left = line === 0 ? x + indent : x;
    const row = [];
    let long = 0;
    const isLast = line === lines - 1;
    const room = (width - (left - x)) * (isLast ? 0.2 + 0.7 * random.next() : 1);
    for (;;) {
      const text =
        line === 0 && row.length === 0 ? capital(word(random)) : word(random) + (random.chance(0.1) ? ',' : '');
      const wide = canvas.widthOf(text, { face, size });
      if (long + wide > room) break;
      row.push({ text, wide });
      long += wide + size * 0.27;
    }
    const spare = justified && !isLast && row.length > 1 ? (room - long + size * 0.27) / (row.length - 1) : 0;
    let at = left;
    for (const { text, wide } of row) {
      canvas.text(text, at, top, { face, size });
      at += wide + size * 0.27 + spare;
    }
    top += leading;
  }
  return top;
}

/** A page of a book, a report, an article in columns, or a letter. */
export function drawText(drawing, random) {
  const [width, height] = random.pick([
    [595, 842],
    [612, 792],
    [400, 620],
    [430, 650],
    [360, 560],
  ]);
  const canvas = drawing.page(width, height);
  const [face, bold] = random.pick(faceFamilies);
  const size = random.pick([8, 9, 10, 11, 12]);
  const leading = size * (1.1 + 0.5 * random.next());
  const margin = width * (0.05 + 0.12 * random.next());
  const columns = random.chance(0.25) ? 2 : 1;
  const gutter = size * 2;
  const across = (width - 2 * margin - (columns - 1) * gutter) / columns;
  const justified = random.chance(0.7);
  const indent = random.chance(0.6) ? size * 1.5 : 0;
  const between = indent ? 0 : leading * 0.6;
  const bottom = height * (random.chance(0.15) ? 0.3 + 0.5 * random.next() : 0.93);
  if (random.chance(0.7)) {
    canvas.text(title(random, 5).toUpperCase(), width / 2, height * 0.05, { face, size: size * 0.9, align: 'center' });
    canvas.text(String(random.whole(1, 400)), random.pick([margin, width - margin]), height * 0.05, { face, size });
  }
  for (let column = 0; column < columns; column += 1) {
    let y = height * (0.09 + 0.04 * random.next());
    if (column === 0 && random.chance(0.35)) {
      canvas.text(title(random), margin, y + size, { face: bold, size: size * (1.2 + random.next()) });
      y += size * 3;
    }
    const x = margin + column * (across + gutter);
    while (y < bottom) {
      if (random.chance(0.06)) {
        canvas.text(title(random), x, y + leading, { face: bold, size: size * 1.15 });
        y += leading * 2;
      }
      const lines = Math.min(random.whole(2, 14), Math.floor((bottom - y) / leading) + 1);
      y = paragraph(canvas, random, { x, y, width: across, lines, face, size, leading, justified, indent }) + between;
    }
  }
}

/** Rows and columns of figures: alone, as cut out of a page, or on a page with some text. */
export function drawTable(drawing, random) {
  const isCutOut = random.chance(0.45);
  const [face, bold] = random.pick(faceFamilies);
  const size = random.pick([7, 8, 9, 10]);
  const pitch = size * (1.15 + 0.8 * random.next());
  const columns = random.whole(2, 9);
  const rows = isCutOut ? random.whole(2, 20) : random.whole(8, 45);
  if (isCutOut) {
    const across = random.whole(240, 520);
    const canvas = drawing.page(across, rows * pitch + pitch * 1.6);
    grid(canvas, random, { x: 4, y: pitch, width: across - 8, rows, columns, face, bold, size, pitch });
    return;
  }
  const canvas = drawing.page(
    ...random.pick([
      [595, 842],
      [612, 792],
      [842, 595],
    ]),
  );
  const margin = canvas.width * (0.06 + 0.08 * random.next());
  const room = canvas.width - 2 * margin;
  const facts = { face, size: Math.max(9, size), leading: size * 1.5, justified: true, x: margin, width: room };
  let y = margin;
  if (random.chance(0.7)) {
    canvas.text(title(random, 7), margin, y, { face: bold, size: size * 1.5 });
    y += size * 3;
  }
  if (random.chance(0.5)) y = paragraph(canvas, random, { ...facts, y, lines: random.whole(2, 9) }) + size;
  const across = random.chance(0.7) ? room : room * (0.5 + 0.4 * random.next());
  for (let tables = random.chance(0.25) ? 2 : 1; tables > 0 && y < canvas.height - 8 * pitch; tables -= 1) {
    canvas.text(`Table ${random.whole(1, 20)}. ${words(random, 6)}`, margin, y, { face: bold, size });
    const fitting = Math.min(tables > 1 ? rows >> 1 : rows, Math.floor((canvas.height - margin - y) / pitch) - 3);
    grid(canvas, random, {
      x: margin,
      y: y + 2 * pitch,
      width: across,
      rows: fitting,
      columns,
      face,
      bold,
      size,
      pitch,
    });
    y += (fitting + 4) * pitch;
  }
  const lines = Math.min(random.whole(0, 16), Math.floor((canvas.height - margin - y) / (size * 1.5)));
  if (lines > 1) paragraph(canvas, random, { ...facts, y, lines });
}

/** One table; `y` is the first baseline. */
export function grid(canvas, random, { x, y, width, rows, columns, face, bold, size, pitch }) {
  const first = width * (0.2 + 0.25 * random.next());
  const step = columns > 1 ? (width - first) / (columns - 1) : 0;
  const rules = random.pick(['none', 'heads', 'heads', 'rows', 'all', 'bands', 'bands']);
  const align = random.pick(['right', 'center', 'left']);
  const tint = random.chance(0.5) ? gray(0.9) : [0.8 + 0.15 * random.next(), 0.88, 0.95];
  const [left, right] = [x - 2, x + width + 2];
  for (let row = 0; row < rows; row += 1) {
    const base = y + row * pitch;
    const top = base - size;
    if (rules === 'bands' && row % 2 === 1) canvas.box(left, top, right - left, pitch, { fill: tint });
    if (rules === 'rows' || rules === 'all' || (rules === 'heads' && row < 2)) canvas.line(left, top, right, top);
    const name = row === 0 ? title(random, 2) : words(random, random.whole(1, 3));
    canvas.text(fitted(canvas, name, first, { face, size }), x, base, { face: row === 0 ? bold : face, size });
    for (let column = 1; column < columns; column += 1) {
      const cell = row === 0 ? title(random, 1) : random.chance(0.12) ? word(random) : figure(random);
      const edge = x + first + (column - 1) * step;
      const at = align === 'right' ? edge + step - 4 : align === 'left' ? edge + 4 : edge + step / 2;
      canvas.text(fitted(canvas, cell, step, { face, size }), at, base, { face: row === 0 ? bold : face, size, align });
    }
  }
  const end = y + (rows - 1) * pitch + size * 0.4;
  if (rules !== 'none') canvas.line(left, end, right, end);
  if (rules !== 'all') return;
  for (let column = 0; column <= columns; column += 1) {
    const at = column === 0 ? left : column === columns ? right : x + first + (column - 1) * step;
    canvas.line(at, y - size, at, end);
  }
}

function fitted(canvas, text, room, how) {
  let short = text;
  while (short.length > 1 && canvas.widthOf(short, how) > room - 4) short = short.slice(0, -1);
  return short;
}

/** Labels with room to write on: lines, cells, boxes to tick; some filled in by typewriter or hand. */
export function drawForm(drawing, random) {
  const canvas = drawing.page(
    ...random.pick([
      [612, 792],
      [595, 842],
    ]),
  );
  const { width, height } = canvas;
  const [face, bold] = random.pick(faceFamilies);
  const size = random.pick([8, 9, 10, 11]);
  const margin = width * (0.06 + 0.07 * random.next());
  const style = random.pick(['lines', 'lines', 'cells', 'colons', 'colons', 'mixed']);
  const hand = random.pick(['typed', 'typed', 'hand', 'empty']);
  let y = margin;
  for (let heads = random.whole(1, 3); heads > 0; heads -= 1) {
    const at = random.chance(0.6) ? { x: width / 2, align: 'center' } : { x: margin, align: 'left' };
    canvas.text(title(random, 5).toUpperCase(), at.x, y, {
      face: bold,
      size: size * (1 + 0.6 * random.next()),
      align: at.align,
    });
    y += size * 1.8;
  }
  const bottom = height * (0.6 + 0.36 * random.next());
  while (y < bottom) {
    const now = style === 'mixed' ? random.pick(['lines', 'cells', 'colons']) : style;
    const columns = random.whole(1, 3);
    const room = (width - 2 * margin) / columns;
    const high = size * (1.6 + 1.4 * random.next());
    for (let column = 0; column < columns; column += 1) {
      const x = margin + column * room;
      const label = `${title(random, 3)}${now === 'cells' && random.chance(0.5) ? '' : ':'}`;
      const long = canvas.text(
        fitted(canvas, random.chance(0.4) ? label.toUpperCase() : label, room * 0.6, { face, size }),
        x + 2,
        y,
        { face, size },
      );
      if (now === 'lines') canvas.line(x + long + 4, y + 2, x + room - 8, y + 2);
      if (now === 'cells') canvas.box(x, y - size * 1.1, room, high, { border: gray(0) });
      if (random.chance(0.3) || hand === 'empty') continue;
      const value = random.pick([title(random, 2), day(random), figure(random)]);
      if (hand === 'hand') scribble(canvas, random, { x: x + long + 8, y, size: size * 1.2, length: room * 0.3 });
      else
        canvas.text(fitted(canvas, value, room - long - 8, { face: 'Courier', size }), x + long + 8, y, {
          face: 'Courier',
          size,
        });
    }
    y += high;
    if (random.chance(0.15)) y = ticks(canvas, random, { x: margin, y: y + size, face, size });
    if (random.chance(0.12)) {
      const lines = random.whole(1, 4);
      y =
        paragraph(canvas, random, {
          x: margin,
          y: y + size,
          width: width - 2 * margin,
          lines,
          face,
          size,
          leading: size * 1.2,
          justified: false,
        }) + size;
    }
    if (random.chance(0.08)) canvas.line(margin, y, width - margin, y);
    if (random.chance(0.1)) y += size * 3 * random.next();
  }
  if (random.chance(0.5)) {
    canvas.line(margin, bottom + size * 3, margin + 160, bottom + size * 3);
    canvas.text('Signature', margin, bottom + size * 4.2, { face, size: size * 0.8 });
    if (hand !== 'empty')
      scribble(canvas, random, { x: margin + 10, y: bottom + size * 2.8, size: size * 2, length: 110 });
  }
}

function ticks(canvas, random, { x, y, face, size }) {
  let at = x;
  for (let left = random.whole(2, 5); left > 0; left -= 1) {
    canvas.box(at, y - size * 0.8, size * 0.8, size * 0.8, { border: gray(0) });
    if (random.chance(0.4)) canvas.text('X', at + 1, y - 1, { face: 'Courier', size: size * 0.9 });
    at += size * 1.4 + canvas.text(title(random, 1), at + size * 1.3, y, { face, size }) + size * 1.5;
    if (at > canvas.width - 120) break;
  }
  return y + size * 2;
}

/** Joined writing along a line: loops of uneven height that lean one way. */
export function scribble(canvas, random, { x, y, size, length, color = [0.1, 0.1, 0.35] }) {
  const lean = 0.1 + 0.5 * random.next();
  let at = x;
  while (at < x + length) {
    const stop = Math.min(x + length, at + size * (1 + 4 * random.next()));
    let path = `M ${at} ${y}`;
    while (at < stop) {
      const high = size * (random.chance(0.25) ? 0.9 + 0.4 * random.next() : 0.3 + 0.2 * random.next());
      const low = random.chance(0.12) ? size * 0.45 : 0;
      const wide = size * (0.22 + 0.25 * random.next());
      const drift = size * 0.08 * random.normal();
      path += ` C ${at + high * lean} ${y - high} ${at + wide + high * lean} ${y - high * 0.9} ${at + wide * 0.7} ${y + low + drift}`;
      path += ` S ${at + wide * 1.1} ${y + drift} ${at + wide} ${y + drift * 0.5}`;
      at += wide;
    }
    canvas.path(path, { border: color, thickness: size * (0.05 + 0.05 * random.next()) });
    at += size * (0.4 + 0.5 * random.next());
  }
}

/** A page written by hand, on plain or ruled paper. */
export function drawHandwriting(drawing, random) {
  const canvas = drawing.page(
    ...random.pick([
      [595, 842],
      [420, 595],
      [500, 300],
    ]),
  );
  const { width, height } = canvas;
  const size = 12 + 14 * random.next();
  const pitch = size * (1.4 + 0.6 * random.next());
  const margin = width * (0.05 + 0.1 * random.next());
  const isRuled = random.chance(0.4);
  const color = random.pick([
    [0.1, 0.1, 0.4],
    [0.05, 0.05, 0.05],
    [0.2, 0.2, 0.25],
  ]);
  const slope = 0.02 * random.normal();
  let y = margin + pitch;
  const bottom = height * (0.5 + 0.45 * random.next());
  while (y < bottom) {
    if (isRuled) canvas.line(0, y + 2, width, y + 2, { color: [0.7, 0.78, 0.9], thickness: 0.5 });
    const length = (width - 2 * margin) * (random.chance(0.2) ? random.next() : 0.75 + 0.25 * random.next());
    let x = margin + size * random.next();
    const end = x + length;
    while (x < end) {
      const long = Math.min(end - x, size * (2 + 4 * random.next()));
      scribble(canvas, random, { x, y: y + slope * x + size * 0.06 * random.normal(), size, length: long, color });
      x += long + size * 0.5;
    }
    y += pitch;
  }
}

/** A sheet with nothing on it but what copying leaves: a speck, a punched hole, an edge, a page number at most. */
export function drawBlank(drawing, random) {
  const canvas = drawing.page(
    ...random.pick([
      [595, 842],
      [612, 792],
      [400, 600],
      [800, 500],
    ]),
  );
  const { width, height } = canvas;
  if (random.chance(0.25)) canvas.box(0, 0, width, height, { fill: gray(0.8 + 0.19 * random.next()) });
  for (let left = random.chance(0.5) ? random.whole(0, 9) : 0; left > 0; left -= 1) {
    canvas.ellipse(random.next() * width, random.next() * height, 0.8, 0.8, { fill: gray(0.3) });
  }
  if (random.chance(0.2)) for (const share of [0.3, 0.7]) canvas.ellipse(18, height * share, 7, 7, { fill: gray(0.2) });
  if (random.chance(0.15)) canvas.box(0, 0, 6, height, { fill: gray(0.25) });
  if (random.chance(0.15)) canvas.text(String(random.whole(1, 99)), width / 2, height * 0.95, { align: 'center' });
}
