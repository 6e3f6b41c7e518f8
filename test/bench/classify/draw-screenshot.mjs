/** Screenshots. Takes a drawing and a seeded generator. */
import { any, gray, palettes } from './colours.mjs';
import { paragraph } from './draw-papers.mjs';
import { title, word, words } from './words.mjs';

/** A window of a program: bars, buttons, a list or a page beside a menu; light or dark. */
export function drawScreenshot(drawing, random) {
  const canvas = drawing.page(
    ...random.pick([
      [1280, 800],
      [1440, 900],
      [1024, 640],
      [390, 844],
      [960, 600],
    ]),
  );
  const { width, height } = canvas;
  const isDark = random.chance(0.35);
  const [ground, raised, ink] = isDark ? [gray(0.11), gray(0.2), gray(0.85)] : [gray(1), gray(0.94), gray(0.15)];
  const accent = random.pick(random.pick(palettes));
  canvas.box(0, 0, width, height, { fill: ground });
  canvas.box(0, 0, width, 38, { fill: random.chance(0.4) ? accent : raised });
  for (const at of [0, 1, 2])
    canvas.ellipse(18 + at * 18, 19, 6, 6, {
      fill: [
        [0.95, 0.4, 0.35],
        [0.95, 0.75, 0.2],
        [0.3, 0.8, 0.35],
      ][at],
    });
  canvas.box(width * 0.2, 8, width * 0.5, 22, { fill: ground, border: gray(0.6) });
  canvas.text(`${word(random)}.example/${word(random)}`, width * 0.21, 24, { size: 12, color: ink });
  const menu = width > 500 && random.chance(0.7) ? random.whole(150, 260) : 0;
  if (menu > 0) {
    canvas.box(0, 38, menu, height - 38, { fill: raised });
    for (let y = 70; y < height - 30; y += random.whole(24, 40)) {
      canvas.ellipse(24, y - 4, 7, 7, { fill: random.chance(0.5) ? accent : gray(0.55) });
      if (random.chance(0.85)) canvas.text(title(random, 2), 42, y, { size: 13, color: ink });
    }
  }
  const body = { x: menu + 24, y: 76, wide: width - menu - 48 };
  random.pick([drawCards, drawList, drawCode, drawArticle])(canvas, random, { ...body, raised, ink, accent });
}

function drawCards(canvas, random, { x, y, wide, raised, ink, accent }) {
  const columns = Math.max(1, Math.floor(wide / random.whole(180, 300)));
  const step = wide / columns;
  for (let top = y; top < canvas.height - 100; top += 170) {
    for (let column = 0; column < columns; column += 1) {
      const left = x + column * step;
      canvas.box(left, top, step - 16, 150, { fill: raised, border: gray(0.7) });
      canvas.box(left, top, step - 16, 70, { fill: random.chance(0.5) ? accent : any(random) });
      canvas.text(title(random, 3), left + 10, top + 92, { face: 'Helvetica-Bold', size: 14, color: ink });
      canvas.text(words(random, 4), left + 10, top + 112, { size: 11, color: ink });
      canvas.box(left + 10, top + 122, 64, 20, { fill: accent });
    }
  }
}

function drawList(canvas, random, { x, y, wide, raised, ink, accent }) {
  for (let top = y; top < canvas.height - 40; top += 44) {
    if (random.chance(0.3)) canvas.box(x - 8, top - 6, wide + 16, 40, { fill: raised });
    canvas.ellipse(x + 16, top + 14, 13, 13, { fill: any(random) });
    canvas.text(title(random, 3), x + 42, top + 12, { face: 'Helvetica-Bold', size: 13, color: ink });
    canvas.text(words(random, random.whole(3, 9)), x + 42, top + 28, { size: 11, color: ink });
    if (random.chance(0.4)) canvas.box(x + wide - 80, top + 4, 70, 22, { fill: accent });
    canvas.line(x, top + 38, x + wide, top + 38, { color: gray(0.75) });
  }
}

function drawCode(canvas, random, { x, y, ink, accent }) {
  let row = 1;
  for (let top = y; top < canvas.height - 20; top += 18, row += 1) {
    canvas.text(String(row), x, top, { face: 'Courier', size: 13, color: gray(0.5) });
    let at = x + 40 + 24 * random.whole(0, 4);
    for (let left = random.whole(0, 6); left > 0; left -= 1) {
      at +=
        8 +
        canvas.text(`${word(random)}${random.pick(['', '(', ');', ' =', '.'])}`, at, top, {
          face: 'Courier',
          size: 13,
          color: random.pick([ink, ink, accent, [0.35, 0.65, 0.4]]),
        });
    }
  }
}

function drawArticle(canvas, random, { x, y, wide, ink, accent }) {
  canvas.text(title(random, 5), x, y + 16, { face: 'Helvetica-Bold', size: 26, color: ink });
  canvas.box(x, y + 36, wide * 0.6, 140, { fill: any(random) });
  canvas.box(x + wide * 0.65, y + 36, wide * 0.3, 30, { fill: accent });
  const facts = { x, width: wide * 0.6, face: 'Helvetica', size: 14, leading: 21, justified: false };
  if (ink[0] < 0.5)
    paragraph(canvas, random, { ...facts, y: y + 210, lines: Math.max(2, Math.floor((canvas.height - y - 240) / 21)) });
}
