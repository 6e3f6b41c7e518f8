import type { WaitView } from '@waybill/contracts';
import { ago, counted } from '../format/format-values.js';
import { Empty } from '../parts/notes.js';
import { Link } from '../shell/link.js';

export function WaitList({ waits }: { waits: readonly WaitView[] }) {
  if (waits.length === 0) {
    return (
      <Empty title="Nothing waits">
        Jobs that cannot go on, for a spent budget or a resting model, stand here with the reason.
      </Empty>
    );
  }
  return (
    <ul className="waits">
      {waits.map(({ stage, reason, jobs, until }) => (
        <li key={`${stage} ${reason}`}>
          <Link to="/jobs?status=waiting">{counted(jobs, 'job')}</Link> in {stage}, on {ago(until, Date.now())}
          <p>{reason}</p>
        </li>
      ))}
    </ul>
  );
}
