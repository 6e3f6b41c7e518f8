import type { ResultView, UsageView } from '@waybill/contracts';
import { useAnswer } from '../api/use-answer.js';
import { count, usd } from '../format/format-values.js';
import { Empty, ProblemNote, Skeleton } from '../parts/notes.js';
import { Panel } from '../parts/panel.js';

const begin = '2000-01-01T00:00:00.000Z';

/** What the job cost, by model and by page, as it stands in the ledger. */
export function JobCost({ id, result }: { id: string; result: ResultView | undefined }) {
  const byModel = useAnswer<UsageView>(`/v1/usage?job=${id}&by=purpose,model&from=${begin}`);
  const byPage = useAnswer<UsageView>(`/v1/usage?job=${id}&by=page&from=${begin}&limit=200`);
  const error = byModel.error ?? byPage.error;
  if (error) return <ProblemNote error={error} again={byModel.again} />;
  if (!byModel.value || !byPage.value) return <Skeleton lines={6} />;
  const { totals } = byModel.value;
  if (totals.costUsd === 0) {
    const text = result ? 'It was read on this machine and answered by rules.' : 'What is booked stands here.';
    return <Empty title="Nothing was paid for">{text}</Empty>;
  }
  return (
    <div className="columns">
      <Panel title="By purpose and model" aside={`${usd(totals.costUsd)}, ${count(totals.images)} images`}>
        <CostTable usage={byModel.value} names={['purpose', 'model']} />
      </Panel>
      <Panel title="By page" aside={totals.images > 0 ? `${usd(totals.costUsd / totals.images)} an image` : undefined}>
        <CostTable usage={byPage.value} names={['page']} />
      </Panel>
    </div>
  );
}

const CostTable = ({ usage, names }: { usage: UsageView; names: readonly ('purpose' | 'model' | 'page')[] }) => (
  <table>
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
        <th scope="col" className="number">
          Tokens in
        </th>
        <th scope="col" className="number">
          Images
        </th>
        <th scope="col" className="number">
          Cost
        </th>
      </tr>
    </thead>
    <tbody>
      {usage.rows.map((row) => (
        <tr key={names.map((name) => row.group[name]).join(' ')}>
          {names.map((name) => (
            <td key={name}>{row.group[name]?.replace(/^[^/]+\/(\d+\/\d+)$/, '$1') ?? '–'}</td>
          ))}
          <td className="number">{count(Math.round(row.inputTokens))}</td>
          <td className="number">{count(Math.round(row.images))}</td>
          <td className="number">{usd(row.costUsd)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
