import type { PageView } from '@waybill/contracts';
import { counted, duration, percent } from '../format/format-values.js';

/** How the page was read. */
export function PageFacts({ page: { layout, summary, times, attempts } }: { page: PageView }) {
  if (!layout || !summary) return null;
  const { confidence, source, engine, classification, difficulty } = summary;
  const spent = Object.entries(times ?? {}).filter(([, ms]) => ms >= 1);
  const rows: (readonly [string, string])[] = [
    ['Read by', source === 'text-layer' ? 'its own text' : `${engine}, ${source}`],
    ['Words', `${counted(layout.words.length, 'word')}${confidence === null ? '' : `, ${percent(confidence)} sure`}`],
    [
      'Found',
      [
        counted(layout.blocks.length, 'block'),
        counted(layout.tables.length, 'table'),
        counted(layout.keyValues.length, 'pair'),
      ].join(', '),
    ],
    ...(classification ? [['Kind', `${classification.kind}, ${classification.class}`] as const] : []),
    ...(difficulty ? [['Difficulty', percent(difficulty.score)] as const] : []),
    ['Attempts', `${attempts}`],
    ['Time', spent.map(([step, ms]) => `${step} ${duration(ms)}`).join(', ') || '–'],
  ];
  return (
    <details className="facts">
      <summary>How this page was read</summary>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {layout.remarks.map((remark) => (
        <p key={remark} className="notice">
          {remark}
        </p>
      ))}
    </details>
  );
}
