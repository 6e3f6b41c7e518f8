import type { LaneView } from '@waybill/contracts';
import { count, duration } from '../format/format-values.js';

const lateMs = 60_000;

export const LaneTable = ({ lanes }: { lanes: readonly LaneView[] }) => (
  <div className="table-box" tabIndex={0} role="region" aria-label="Lanes">
    <table>
      <thead>
        <tr>
          <th scope="col">Lane</th>
          <th scope="col">Service</th>
          <th scope="col" className="number">
            Waiting
          </th>
          <th scope="col" className="number">
            Under way
          </th>
          <th scope="col" className="number">
            Oldest
          </th>
          <th scope="col" className="wide">
            What it does
          </th>
        </tr>
      </thead>
      <tbody>
        {lanes.map(({ name, service, waiting, underWay, oldestMs, description }) => (
          <tr key={name} className={waiting + underWay === 0 ? 'idle' : ''}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>{service}</td>
            <td className="number">{count(waiting)}</td>
            <td className="number">{count(underWay)}</td>
            <td className={`number ${oldestMs !== null && oldestMs > lateMs ? 'late' : ''}`}>
              {oldestMs === null ? '–' : duration(oldestMs)}
            </td>
            <td className="wide faint">{description}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
