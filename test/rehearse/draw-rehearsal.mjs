/** Load, lag, workers and latency over the same time, one under the other, as an SVG that follows the reader's colour scheme. */
const width = 760;
const left = 56;
const right = 16;
const panelHeight = 110;
const gap = 44;
const top = 34;

/** Plain colours: not every viewer of SVG knows variables. */
const style = `
  :root { color-scheme: light dark; } text { font: 12px system-ui, sans-serif; fill: #7b8794; } .title { fill: #1f2933; font-weight: 600; }
  .rule { stroke: #e4e7eb; } .line { fill: none; stroke-width: 1.75; stroke-linejoin: round; } .dots { fill-opacity: .55; }
  .line.a { stroke: #2563eb; } .line.b { stroke: #d97706; } .line.c { stroke: #059669; } .dots.a { fill: #2563eb; }
  @media (prefers-color-scheme: dark) {
    text { fill: #9aa5b1; } .title { fill: #e4e7eb; } .rule { stroke: #323f4b; }
    .line.a { stroke: #60a5fa; } .line.b { stroke: #fbbf24; } .line.c { stroke: #34d399; } .dots.a { fill: #60a5fa; }
  }`;

const round = (value) => Math.round(value * 10) / 10;

/** 1, 2 or 5 times a power of ten, so that about three steps reach the top. */
function stepFor(maximum) {
  const power = 10 ** Math.floor(Math.log10(maximum / 3));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => maximum / step <= 4) ?? 10 * power;
}

/** @param {{ samples: { second: number, rate: number, lag: number, replicas: number }[], jobs: { second: number, seconds?: number }[] }} rehearsal */
export function drawRehearsal({ samples, jobs }) {
  const lastSecond = samples.at(-1).second;
  const x = (second) => round(left + (second / lastSecond) * (width - left - right));
  const finished = jobs.filter(({ seconds }) => seconds !== undefined);
  const panels = [
    { title: 'Jobs submitted a second', colour: 'a', steps: samples.map(({ second, rate }) => [second, rate]) },
    {
      title: 'Lag of the longest lane of pages, messages',
      colour: 'b',
      line: samples.map(({ second, lag }) => [second, lag]),
    },
    { title: 'Workers', colour: 'c', steps: samples.map(({ second, replicas }) => [second, replicas]) },
    {
      title: 'Seconds from submission to final state, by time of submission',
      colour: 'a',
      dots: finished.map(({ second, seconds }) => [second, seconds]),
    },
  ];
  const height = top + panels.length * (panelHeight + gap);
  const drawn = panels.map((panel, index) => drawPanel(panel, top + index * (panelHeight + gap), x, lastSecond));
  const label = 'Load, lag, workers and latency of the scaling rehearsal over time';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"><style>${style}</style>\n${drawn.join('\n')}\n</svg>\n`;
}

function drawPanel({ title, colour, line, steps, dots }, y0, x, lastSecond) {
  const points = line ?? steps ?? dots;
  const step = stepFor(Math.max(1, ...points.map(([, value]) => value)));
  const maximum = step * Math.ceil(Math.max(1, ...points.map(([, value]) => value)) / step);
  const y = (value) => round(y0 + panelHeight - (value / maximum) * panelHeight);
  const parts = [`<text class="title" x="${left}" y="${y0 - 10}">${title}</text>`];
  for (let value = 0; value <= maximum + step / 2; value += step) {
    parts.push(`<line class="rule" x1="${left}" x2="${width - right}" y1="${y(value)}" y2="${y(value)}"/>`);
    parts.push(`<text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${round(value)}</text>`);
  }
  for (let second = 0; second <= lastSecond; second += 20) {
    parts.push(`<text x="${x(second)}" y="${y0 + panelHeight + 16}" text-anchor="middle">${second} s</text>`);
  }
  if (dots) {
    const circles = dots.map(([second, value]) => `<circle cx="${x(second)}" cy="${y(value)}" r="1.6"/>`);
    parts.push(`<g class="dots ${colour}">${circles.join('')}</g>`);
  } else {
    const path = points.map(([second, value], index) => {
      if (index === 0) return `M${x(second)} ${y(value)}`;
      return steps ? `H${x(second)}V${y(value)}` : `L${x(second)} ${y(value)}`;
    });
    parts.push(`<path class="line ${colour}" d="${path.join('')}"/>`);
  }
  return parts.join('');
}
