/** Diagrams. Takes a drawing and a seeded generator. */
import { faceFamilies } from './canvas.mjs';
import { any, gray, pale, palettes } from './colours.mjs';
import { title, word } from './words.mjs';

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
