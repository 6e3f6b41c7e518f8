export interface Bar {
  /** For screen readers and as a tip, for example `12:31: 4 completed`. */
  readonly label: string;
  /** Stacked from the bottom, each with the name of its colour. */
  readonly parts: readonly { readonly tone: 'main' | 'bad' | 'faint'; readonly value: number }[];
}

interface BarsProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Shown at both ends of the axis. */
  readonly ends: readonly [string, string];
  readonly format: (value: number) => string;
}

const width = 600;
const height = 120;

/** A bar chart: one column each, stacked, on an axis that begins at nothing. */
export function Bars({ title, bars, ends, format }: BarsProps) {
  const sums = bars.map(({ parts }) => parts.reduce((sum, part) => sum + part.value, 0));
  const most = Math.max(...sums, 0);
  const step = width / Math.max(1, bars.length);
  return (
    <figure className="chart">
      <div className="chart-top" aria-hidden="true">
        {most > 0 ? format(most) : ''}
      </div>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={title}>
        <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="axis" />
        {bars.map((bar, index) => {
          let top = height;
          return (
            <g key={bar.label}>
              <title>{bar.label}</title>
              <rect x={index * step} y={0} width={step} height={height} className="hit" />
              {bar.parts.map(({ tone, value }) => {
                const tall = most > 0 ? (value / most) * (height - 2) : 0;
                top -= tall;
                return (
                  <rect
                    key={tone}
                    className={`bar-${tone}`}
                    x={index * step + step * 0.14}
                    y={top}
                    width={step * 0.72}
                    height={tall}
                  />
                );
              })}
            </g>
          );
        })}
      </svg>
      <figcaption>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}
