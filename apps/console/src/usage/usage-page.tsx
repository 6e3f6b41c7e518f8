import type { BudgetListView, UsageDimension, UsageView } from '@waybill/contracts';
import { useMemo } from 'react';
import { useAnswer } from '../api/use-answer.js';
import { count, usd } from '../format/format-values.js';
import { Bars } from '../parts/bars.js';
import { Figure } from '../parts/figure.js';
import { Empty, ProblemNote, Skeleton } from '../parts/notes.js';
import { Panel } from '../parts/panel.js';
import { go, usePlace, withQuery } from '../shell/location.js';
import { BudgetList } from './budget-list.js';
import { daysOf } from './days-of.js';

const groups = [
  'model',
  'provider',
  'purpose',
  'tag',
  'key',
  'kind',
  'tier',
  'service',
] as const satisfies readonly UsageDimension[];
const shownDays = 30;

/** What was spent, when and on what, and what may still be spent. */
export function UsagePage() {
  const place = usePlace();
  const by = groups.find((name) => name === place.query.get('by')) ?? 'model';
  const from = useMemo(() => new Date(Date.now() - shownDays * 86_400_000).toISOString(), []);
  const daily = useAnswer<UsageView>(`/v1/usage?by=day&from=${from}&limit=100`);
  const grouped = useAnswer<UsageView>(`/v1/usage?by=${by}&from=${from}&limit=50`);
  const budgets = useAnswer<BudgetListView>('/v1/budgets', 10_000);
  const error = daily.error ?? grouped.error;
  const totals = daily.value?.totals;
  return (
    <>
      <header className="page-head">
        <h1>Usage</h1>
        <span className="faint">last {shownDays} days</span>
      </header>
      {error ? <ProblemNote error={error} again={daily.again} /> : null}
      {totals ? (
        <dl className="figures">
          <Figure name="Cost" value={usd(totals.costUsd)} />
          <Figure
            name="Calls"
            value={count(totals.calls)}
            note={totals.calls > 0 ? `${usd(totals.costUsd / totals.calls)} each` : undefined}
          />
          <Figure
            name="Tokens in"
            value={count(totals.inputTokens)}
            note={
              totals.inputTokens > 0
                ? `${Math.round((totals.cachedInputTokens / totals.inputTokens) * 100)} % cached`
                : undefined
            }
          />
          <Figure
            name="Tokens out"
            value={count(totals.outputTokens)}
            note={totals.reasoningTokens > 0 ? `${count(totals.reasoningTokens)} reasoning` : undefined}
          />
          <Figure
            name="Unconfirmed"
            value={usd(daily.value?.unconfirmed.mostUsd ?? 0)}
            note="calls whose worker ended in between, at most"
          />
        </dl>
      ) : error ? null : (
        <Skeleton lines={2} />
      )}
      <Panel title="Cost by day" aside="UTC">
        {daily.value ? <DailyCost usage={daily.value} /> : <Skeleton lines={4} />}
      </Panel>
      <div className="columns">
        <Panel
          title={`Cost by ${by}`}
          aside={
            <select
              aria-label="Group by"
              value={by}
              onChange={(event) => go(withQuery(place, { by: event.target.value }), 'replace')}
            >
              {groups.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          }
        >
          {grouped.value ? <Groups usage={grouped.value} by={by} /> : <Skeleton lines={5} />}
        </Panel>
        <Panel title="Budgets">
          {budgets.error ? <ProblemNote error={budgets.error} /> : null}
          {budgets.value ? <BudgetList budgets={budgets.value.budgets} again={budgets.again} /> : null}
        </Panel>
      </div>
    </>
  );
}

function DailyCost({ usage }: { usage: UsageView }) {
  const days = daysOf(usage);
  if (usage.totals.costUsd === 0) {
    return (
      <Empty title="Nothing was spent">
        What models and hosted readers cost stands here, day by day. Reading on this machine is free.
      </Empty>
    );
  }
  const bars = days.map(({ day, costUsd, calls }) => ({
    label: `${day}: ${usd(costUsd)}, ${count(calls)} calls`,
    parts: [{ tone: 'main' as const, value: costUsd }],
  }));
  return (
    <Bars
      title={`Cost by day, ${usd(usage.totals.costUsd)} in all`}
      bars={bars}
      ends={[days[0]?.day ?? '', 'today']}
      format={usd}
    />
  );
}

function Groups({ usage, by }: { usage: UsageView; by: UsageDimension }) {
  if (usage.rows.length === 0) return <Empty title="No groups">Nothing was booked in this time.</Empty>;
  const most = Math.max(...usage.rows.map(({ costUsd }) => costUsd), Number.MIN_VALUE);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{by}</th>
          <th scope="col">
            <span className="hidden">share</span>
          </th>
          <th scope="col" className="number">
            Calls
          </th>
          <th scope="col" className="number">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {usage.rows.map((row) => (
          <tr key={row.group[by] ?? ''}>
            <th scope="row">{row.group[by] ?? 'not stated'}</th>
            <td className="share">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(row.costUsd / most) * 100} height="8" className="bar-main" />
              </svg>
            </td>
            <td className="number">{count(row.calls)}</td>
            <td className="number">{usd(row.costUsd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
