/** Pictures as a lens might see them: shaded shapes over clouds of noise. Gives pixels in red, green and blue. */

/** Smooth noise, 0..1: random values on a coarse lattice, blended between its points. */
function cloud(random, columns, rows) {
  const lattice = Float64Array.from({ length: (columns + 2) * (rows + 2) }, () => random.next());
  return (u, v) => {
    const [x, y] = [u * columns, v * rows];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const smooth = (share) => share * share * (3 - 2 * share);
    const [fx, fy] = [smooth(x - left), smooth(y - top)];
    const at = (column, row) => lattice[row * (columns + 2) + column];
    const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
    return upper * (1 - fy) + (at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx) * fy;
  };
}

export function drawPhoto(random) {
  const [width, height] = random.pick([
    [480, 360],
    [360, 480],
    [400, 400],
    [520, 340],
    [320, 240],
    [640, 420],
  ]);
  const rough = 0.35 + 0.3 * random.next();
  const octaves = [2, 4, 8, 16, 32, 64].map((scale, at) => ({
    noise: cloud(random, scale, scale),
    weight: rough ** at,
  }));
  const total = octaves.reduce((sum, { weight }) => sum + weight, 0);
  const isGray = random.chance(0.35);
  const isNight = random.chance(0.12);
  const ends = [0, 1].map(() => [random.next(), random.next(), random.next()].map((part) => 255 * part));
  const tint = cloud(random, 3, 3);
  const shapes = subjectOf(random);
  const grain = random.pick([0, 2, 4, 8]);
  const contrast = 0.6 + 1.2 * random.next();
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const [u, v] = [column / width, row / height];
      let level = 0;
      for (const { noise, weight } of octaves) level += weight * noise(u, v);
      level = 0.5 + contrast * (level / total - 0.5) + 0.15 * (0.5 - v);
      let base = [0, 1, 2].map(
        (part) => (ends[0][part] * level + ends[1][part] * (1 - level)) * (0.6 + 0.8 * tint(u, v)),
      );
      for (const shape of shapes) base = shape(u, v, base);
      if (isNight) base = base.map((part) => (part > 190 ? part : part * 0.12));
      const mean = (base[0] + base[1] + base[2]) / 3;
      const noise = grain * random.normal();
      for (const part of [0, 1, 2]) pixels[(row * width + column) * 3 + part] = (isGray ? mean : base[part]) + noise;
    }
  }
  return { data: new Uint8Array(pixels.buffer), width, height, channels: 3 };
}

/** What is to be seen: some things, one thing alone, or so many small ones that they are all there is (stones, leaves). */
function subjectOf(random) {
  const subject = random.pick(['things', 'things', 'things', 'one', 'many', 'points']);
  const each = (count, size) => Array.from({ length: count }, () => shapeOf(random, size));
  if (subject === 'one') return each(random.whole(1, 2), { least: 0.06, more: 0.25 });
  if (subject === 'many') return each(random.whole(150, 400), { least: 0.015, more: 0.03 });
  if (subject === 'points') return each(random.whole(20, 120), { least: 0.003, more: 0.02 });
  return each(random.whole(0, 14), { least: 0.03, more: 0.25 });
}

/** A ball or a block, lit from one side; `least` and `more` are in shares of the picture. */
function shapeOf(random, { least, more }) {
  const [x, y] = [random.next(), random.next()];
  const [across, down] = [least + more * random.next(), least + more * random.next()];
  const color = [random.next(), random.next(), random.next()].map((part) => 255 * part);
  const isRound = random.chance(0.6);
  const light = random.next() * 6.28;
  return (u, v, under) => {
    const [dx, dy] = [(u - x) / across, (v - y) / down];
    if (isRound ? dx * dx + dy * dy > 1 : Math.abs(dx) > 1 || Math.abs(dy) > 1) return under;
    const shade = 0.75 + 0.35 * (dx * Math.cos(light) + dy * Math.sin(light));
    return color.map((part, at) => part * shade * 0.85 + under[at] * 0.15);
  };
}
