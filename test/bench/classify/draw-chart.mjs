/** Charts. Takes a drawing and a seeded generator. */
import { faceFamilies } from './canvas.mjs';
import { gray, palettes } from './colours.mjs';
import { figure, title, word, words } from './words.mjs';

const plots = {
  bars(canvas, random, { x, y, wide, high, colors }) {
    const count = random.whole(3, 28);
    const groups = random.pick([1, 1, 2, 3, 4]);
    const isStacked = random.chance(0.4);
    const lies = random.chance(0.3);
    const step = (lies ? high : wide) / count;
    for (let at = 0; at < count; at += 1) {
      let from = 0;
      for (let group = 0; group < groups; group += 1) {
        const long = (lies ? wide : high) * random.next() * (isStacked ? 1 / groups : 0.98);
        const thick = isStacked ? step * 0.85 : (step * 0.85) / groups;
        const place = at * step + (isStacked ? 0 : group * thick);
        const fill = colors[group % colors.length];
        if (lies) canvas.box(x + from, y + place, long, thick, { fill });
        else canvas.box(x + place, y + high - from - long, thick, long, { fill });
        if (isStacked) from += long;
      }
    }
  },
  lines(canvas, random, { x, y, wide, high, colors }) {
    const count = random.whole(4, 120);
    for (let series = random.whole(1, 5); series > 0; series -= 1) {
      let level = high * random.next();
      let path = '';
      for (let at = 0; at < count; at += 1) {
        level = Math.min(high, Math.max(0, level + (high / 9) * random.normal()));
        path += `${at === 0 ? 'M' : 'L'} ${x + (at / (count - 1)) * wide} ${y + level} `;
      }
      const border = colors[series % colors.length];
      canvas.path(path, { border, thickness: random.pick([1, 2, 2]) });
    }
  },
  areas(canvas, random, { x, y, wide, high, colors }) {
    const count = random.whole(8, 60);
    let below = Array.from({ length: count }, () => 0);
    const layers = random.whole(1, 6);
    for (let layer = 0; layer < layers; layer += 1) {
      let level = random.next();
      const above = below.map((sum) => {
        level = Math.min(1, Math.max(0.05, level + 0.2 * random.normal()));
        return sum + (level * high) / layers;
      });
      const point = (heights) => (_, at) => `${x + (at / (count - 1)) * wide} ${y + high - heights[at]}`;
      const path = `M ${above.map(point(above)).join(' L ')} L ${below.map(point(below)).reverse().join(' L ')} Z`;
      canvas.path(path, { fill: colors[layer % colors.length] });
      below = above;
    }
  },
  points(canvas, random, { x, y, wide, high, colors }) {
    const isOpen = random.chance(0.6);
    const radius = random.pick([2, 2.5, 3, 4]);
    for (let left = random.whole(15, 300); left > 0; left -= 1) {
      const color = random.pick(colors);
      const along = random.next();
      const up = Math.min(0.98, Math.max(0.02, random.chance(0.5) ? along + 0.2 * random.normal() : random.next()));
      const spread = random.chance(0.1) ? radius * 2 : radius;
      const look = isOpen ? { border: color, thickness: 1.5 } : { fill: color };
      canvas.ellipse(x + along * wide, y + up * high, spread, spread, look);
    }
  },
  heat(canvas, random, { x, y, wide, high, colors }) {
    const [columns, rows] = [random.whole(4, 24), random.whole(4, 20)];
    for (let column = 0; column < columns; column += 1) {
      for (let row = 0; row < rows; row += 1) {
        const fill = colors[0].map((part) => 1 - (1 - part) * random.next());
        canvas.box(x + (column / columns) * wide, y + (row / rows) * high, wide / columns, high / rows, { fill });
      }
    }
  },
  ranges(canvas, random, { x, y, wide, high, colors }) {
    const count = random.whole(3, 18);
    const lies = random.chance(0.5);
    for (let at = 0; at < count; at += 1) {
      const middle = ((at + 0.5) / count) * (lies ? high : wide);
      const thick = ((lies ? high : wide) / count) * 0.3;
      const ends = [random.next(), random.next(), random.next(), random.next()].sort();
      const [low, q1, q3, top] = ends.map((share) => share * (lies ? wide : high));
      if (lies) canvas.line(x + low, y + middle, x + top, y + middle);
      else canvas.line(x + middle, y + low, x + middle, y + top);
      const fill = colors[at % colors.length];
      if (lies) canvas.box(x + q1, y + middle - thick, q3 - q1, 2 * thick, { fill });
      else canvas.box(x + middle - thick, y + q1, 2 * thick, q3 - q1, { fill });
    }
  },
  pie(canvas, random, { x, y, wide, high, colors }) {
    const radius = Math.min(wide, high) * 0.48;
    const [cx, cy] = [x + wide / 2, y + high / 2];
    let from = 0;
    for (let slice = 0; from < 1; slice += 1) {
      const to = Math.min(1, from + 0.05 + 0.35 * random.next());
      const point = (share) => `${cx + radius * Math.sin(share * 6.2831)} ${cy - radius * Math.cos(share * 6.2831)}`;
      const isLarge = to - from > 0.5 ? 1 : 0;
      const path = `M ${cx} ${cy} L ${point(from)} A ${radius} ${radius} 0 ${isLarge} 1 ${point(to === 1 ? 0.9999 : to)} Z`;
      canvas.path(path, { fill: colors[slice % colors.length], border: gray(1) });
      from = to;
    }
  },
};

/** One chart, or a grid of small ones, with axes, names of values, a title or a legend. */
export function drawChart(drawing, random) {
  const [columns, rows] = random.chance(0.2) ? [random.whole(1, 4), random.whole(1, 4)] : [1, 1];
  const [face] = random.pick([faceFamilies[0], faceFamilies[0], faceFamilies[1]]);
  const small = columns * rows > 1;
  const cell = {
    wide: small ? random.whole(90, 200) : random.whole(60, 620),
    high: small ? random.whole(70, 200) : random.whole(60, 420),
  };
  const legend = random.chance(0.45) ? 70 : 6;
  const canvas = drawing.page(columns * (cell.wide + 14) + 46 + legend, rows * (cell.high + 14) + 58);
  const colors = random.pick(palettes).slice(random.whole(0, 3));
  const kind = random.pick([
    'bars',
    'bars',
    'bars',
    'lines',
    'lines',
    'areas',
    'points',
    'points',
    'heat',
    'ranges',
    'pie',
  ]);
  const facts = { face, size: random.pick([8, 10]), kind, colors };
  if (random.chance(0.06)) canvas.box(0, 0, canvas.width, canvas.height, { fill: gray(0.95) });
  if (random.chance(0.35)) canvas.text(title(random, 5), canvas.width / 2, 12, { face, size: 12, align: 'center' });
  for (let column = 0; column < columns; column += 1) {
    for (let row = 0; row < rows; row += 1) {
      const x = 40 + column * (cell.wide + 14);
      const y = 20 + row * (cell.high + 14);
      drawPlot(canvas, random, { ...facts, ...cell, x, y, names: { left: column === 0, below: row === rows - 1 } });
    }
  }
  if (legend > 6) {
    const left = canvas.width - legend + 4;
    canvas.text(word(random), left, 24, { face, size: 10 });
    colors.forEach((fill, at) => {
      canvas.box(left, 32 + at * 14, 9, 9, { fill });
      canvas.text(word(random), left + 13, 40 + at * 14, { face, size: 9 });
    });
  }
}

function drawPlot(canvas, random, { x, y, wide, high, face, size, kind, colors, names }) {
  const isBare = kind === 'pie';
  const hasGrid = !isBare && random.chance(0.65);
  const marks = random.whole(3, 11);
  for (let at = 0; at <= marks && !isBare; at += 1) {
    const [across, down] = [x + (at / marks) * wide, y + high - (at / marks) * high];
    if (hasGrid) canvas.line(x, down, x + wide, down, { color: gray(0.86) });
    if (hasGrid && random.chance(0.6)) canvas.line(across, y, across, y + high, { color: gray(0.86) });
    const name = random.chance(0.5) ? figure(random).slice(0, 5) : String(at * 10);
    if (names.left) canvas.text(name, x - 5, down + 3, { face, size, align: 'right' });
    if (names.below)
      canvas.text(random.chance(0.5) ? String(at * 5) : word(random).slice(0, 5), across, y + high + 13, {
        face,
        size: size - 1,
        align: 'center',
      });
  }
  plots[kind](canvas, random, { x, y, wide, high, colors });
  if (isBare) return;
  canvas.line(x, y + high, x + wide, y + high, { color: gray(0.45) });
  canvas.line(x, y, x, y + high, { color: gray(0.45) });
  if (names.below)
    canvas.text(words(random, random.whole(1, 3)), x + wide / 2, y + high + 28, {
      face,
      size: size + 1,
      align: 'center',
    });
  if (names.left) canvas.text(words(random, 1), 11, y + high / 2, { face, size: size + 1, turn: 90 });
}
