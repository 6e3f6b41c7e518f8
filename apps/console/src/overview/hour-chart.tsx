import type { MinuteView } from '@waybill/contracts';
import { clock, count } from '../format/format-values.js';
import { Bars } from '../parts/bars.js';
import { Empty } from '../parts/notes.js';

/** Jobs that ended, minute by minute. */
export function HourChart({ minutes }: { minutes: readonly MinuteView[] }) {
  const sum = minutes.reduce((all, { completed, otherEnds }) => all + completed + otherEnds, 0);
  if (sum === 0) return <Empty title="A quiet hour">No job has ended in the last sixty minutes.</Empty>;
  const bars = minutes.map(({ at, completed, otherEnds, pages }) => ({
    label: `${clock(at).slice(0, 5)}: ${count(completed)} completed, ${count(otherEnds)} otherwise, ${count(pages)} pages`,
    parts: [
      { tone: 'main' as const, value: completed },
      { tone: 'bad' as const, value: otherEnds },
    ],
  }));
  return (
    <Bars
      title={`${count(sum)} jobs ended in the last hour, by minute`}
      bars={bars}
      ends={[clock(minutes[0]?.at ?? '').slice(0, 5), 'now']}
      format={(value) => count(value)}
    />
  );
}
