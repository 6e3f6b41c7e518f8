/** Charts, diagrams and screenshots. Each takes a drawing and a seeded generator. */
import { faceFamilies } from './canvas.mjs';
import { paragraph } from './draw-papers.mjs';
import { figure, title, word, words } from './words.mjs';

const palettes = [
  [
    [0.3, 0.47, 0.66],
    [0.96, 0.52, 0.09],
    [0.88, 0.34, 0.35],
    [0.45, 0.72, 0.7],
    [0.33, 0.63, 0.29],
  ],
  [
    [0.12, 0.47, 0.71],
    [1, 0.5, 0.05],
    [0.17, 0.63, 0.17],
    [0.84, 0.15, 0.16],
    [0.58, 0.4, 0.74],
  ],
  [
    [0.27, 0, 0.33],
    [0.23, 0.32, 0.55],
    [0.13, 0.57, 0.55],
    [0.37, 0.79, 0.38],
    [0.99, 0.91, 0.14],
  ],
  [
    [0.2, 0.2, 0.2],
    [0.5, 0.5, 0.5],
    [0.7, 0.7, 0.7],
    [0.35, 0.35, 0.35],
    [0.85, 0.85, 0.85],
  ],
  [
    [0.03, 0.19, 0.42],
    [0.13, 0.44, 0.71],
    [0.42, 0.68, 0.84],
    [0.62, 0.79, 0.88],
    [0.78, 0.86, 0.94],
  ],
];
const any = (random) => [random.next(), random.next(), random.next()];
const pale = (random) => [0.82 + 0.17 * random.next(), 0.85 + 0.14 * random.next(), 0.85 + 0.14 * random.next()];
const gray = (level) => [level, level, level];

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

/** Boxes, icons and groups with arrows between them. */
export function drawDiagram(drawing, random) {
  const [columns, rows] = [random.whole(2, 6), random.whole(1, 6)];
  const [wide, high] = [random.whole(70, 150), random.whole(60, 120)];
  const canvas = drawing.page(columns * wide + 40, rows * high + 50);
  const [face] = faceFamilies[random.chance(0.8) ? 0 : 1];
  const colors = random.chance(0.6) ? random.pick(palettes) : [any(random), any(random), any(random)];
  const style = random.pick(['boxes', 'boxes', 'icons', 'icons', 'plain', 'round']);
  const isCurved = random.chance(0.4);
  if (random.chance(0.3)) canvas.box(0, 0, canvas.width, canvas.height, { fill: pale(random) });
  if (random.chance(0.4)) canvas.text(title(random, 4), canvas.width / 2, 18, { face, size: 13, align: 'center' });
  for (let left = random.chance(0.5) ? random.whole(1, 3) : 0; left > 0; left -= 1) {
    const [from, to] = [random.whole(0, columns - 1), random.whole(0, rows - 1)];
    const area = [
      24 + from * wide,
      30 + to * high,
      wide * random.whole(1, columns - from) - 8,
      high * random.whole(1, rows - to) - 8,
    ];
    canvas.box(...area, { fill: random.chance(0.7) ? pale(random) : undefined, border: gray(0.6) });
    canvas.text(title(random, 2), area[0] + 6, area[1] + 12, { face, size: 9 });
  }
  const nodes = [];
  for (let column = 0; column < columns; column += 1) {
    for (let row = 0; row < rows; row += 1) {
      if (random.chance(0.25)) continue;
      nodes.push({
        x: 20 + (column + 0.5) * wide + 8 * random.normal(),
        y: 34 + (row + 0.5) * high + 6 * random.normal(),
      });
    }
  }
  nodes.slice(1).forEach((to, at) =>
    connect(canvas, random, {
      from: random.chance(0.5) ? nodes[at] : random.pick(nodes),
      to,
      isCurved,
      color: random.chance(0.6) ? gray(0.3) : colors[0],
    }),
  );
  nodes.forEach((node, at) =>
    drawNode(canvas, random, {
      ...node,
      wide: wide * 0.62,
      high: high * 0.46,
      color: colors[at % colors.length],
      style,
      face,
    }),
  );
}

function connect(canvas, random, { from, to, isCurved, color }) {
  const dash = random.chance(0.2) ? 4 : undefined;
  const thickness = random.pick([0.8, 1, 1.5, 2]);
  if (isCurved) {
    const middle = (from.x + to.x) / 2;
    canvas.path(`M ${from.x} ${from.y} C ${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`, {
      border: color,
      thickness,
    });
  } else if (random.chance(0.4)) {
    canvas.line(from.x, from.y, to.x, from.y, { color, thickness, dash });
    canvas.line(to.x, from.y, to.x, to.y, { color, thickness, dash });
  } else canvas.line(from.x, from.y, to.x, to.y, { color, thickness, dash });
  const [x, y] = [from.x * 0.35 + to.x * 0.65, from.y * 0.35 + to.y * 0.65];
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const point = (turn, far) => `${x + far * Math.cos(angle + turn)} ${y + far * Math.sin(angle + turn)}`;
  canvas.path(`M ${point(0, 6)} L ${point(2.5, 5)} L ${point(-2.5, 5)} Z`, { fill: color });
  if (random.chance(0.15)) canvas.text(word(random), x, y - 4, { size: 7 });
}

function drawNode(canvas, random, { x, y, wide, high, color, style, face }) {
  const size = random.pick([8, 9, 10]);
  const [left, top] = [x - wide / 2, y - high / 2];
  const isFilled = random.chance(0.7);
  const border = isFilled ? undefined : color;
  if (style === 'icons') {
    const side = Math.min(wide, high) * 0.8;
    canvas.box(x - side / 2, top, side, side, { fill: color });
    canvas.ellipse(x, top + side / 2, side * 0.28, side * 0.2, { border: gray(1), thickness: 2 });
    canvas.line(x - side / 4, top + side * 0.3, x + side / 4, top + side * 0.7, { color: gray(1), thickness: 2 });
    canvas.text(title(random, 2), x, top + side + size + 2, { face, size, align: 'center' });
    return;
  }
  if (style === 'round') canvas.ellipse(x, y, wide / 2, high / 2, { fill: isFilled ? color : gray(1), border });
  else if (style === 'plain') canvas.box(left, top, wide, high, { fill: gray(1), border: gray(0.1), thickness: 1 });
  else canvas.box(left, top, wide, high, { fill: isFilled ? color : gray(1), border, thickness: 1.2 });
  const isDark = isFilled && style !== 'plain' && color.reduce((sum, part) => sum + part, 0) < 1.5;
  for (let line = random.whole(1, 2); line > 0; line -= 1) {
    canvas.text(title(random, 1), x, y + (line - 1) * size * 1.2 + size * 0.2, {
      face,
      size,
      align: 'center',
      color: isDark ? gray(1) : gray(0.05),
    });
  }
}

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
