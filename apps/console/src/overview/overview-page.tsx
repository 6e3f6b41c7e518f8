import type { JobListView, OverviewView, UsageView } from '@waybill/contracts';
import { useAnswer } from '../api/use-answer.js';
import { count, counted, usd } from '../format/format-values.js';
import { JobRow, jobRowHeight } from '../jobs/job-row.js';
import { Figure } from '../parts/figure.js';
import { Empty, ProblemNote, Skeleton } from '../parts/notes.js';
import { Panel } from '../parts/panel.js';
import { Link } from '../shell/link.js';
import { HourChart } from './hour-chart.js';
import { LaneTable } from './lane-table.js';
import { WaitList } from './wait-list.js';

const everyMs = 2_000;
const midnight = (): string => `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`;

/** What goes on now, in one look. */
export function OverviewPage() {
  const { value, error } = useAnswer<OverviewView>('/v1/overview', everyMs);
  const spent = useAnswer<UsageView>(`/v1/usage?from=${midnight()}`, 10_000);
  const newest = useAnswer<JobListView>('/v1/jobs?limit=8', everyMs);
  const jobs = value?.jobs;
  const ended = jobs ? Object.values(jobs.ended).reduce((sum, more) => sum + more, 0) : 0;
  const pages = jobs ? jobs.minutes.reduce((sum, minute) => sum + minute.pages, 0) : 0;
  const open = jobs ? jobs.open.queued + jobs.open.processing : 0;
  return (
    <>
      <header className="page-head">
        <h1>Overview</h1>
        <Link to="/submit" className="button">
          Submit documents
        </Link>
      </header>
      {error ? <ProblemNote error={error} /> : null}
      {value ? (
        <dl className="figures">
          <Figure
            name="Under way"
            value={count(open)}
            note={jobs ? `${count(jobs.open.queued)} not begun` : undefined}
          />
          <Figure
            name="Waiting"
            value={count(jobs?.open.waiting ?? 0)}
            note={jobs?.open.waiting ? 'with a reason, below' : 'nothing is held up'}
          />
          <Figure name="Ended, last hour" value={count(ended)} note={counted(pages, 'page')} />
          <Figure
            name="Cost today"
            value={spent.value ? usd(spent.value.totals.costUsd) : '–'}
            note={
              spent.value?.reserved.calls
                ? `and ${usd(spent.value.reserved.mostUsd)} at most under way`
                : 'since midnight UTC'
            }
          />
          <Figure
            name="Dead letters"
            value={<Link to="/dead-letters">{count(value.deadLetters)}</Link>}
            note={value.deadLetters ? 'to be looked at' : 'none given up'}
          />
        </dl>
      ) : (
        <Skeleton lines={2} />
      )}
      <div className="columns">
        <Panel title="Last hour" aside="jobs that ended, by minute">
          {jobs ? (
            <HourChart minutes={jobs.minutes} />
          ) : value ? (
            <Empty title="Not known now">Postgres does not answer; lanes are shown all the same.</Empty>
          ) : (
            <Skeleton lines={4} />
          )}
        </Panel>
        <Panel title="What waits, and why">{value ? <WaitList waits={jobs?.waits ?? []} /> : <Skeleton />}</Panel>
      </div>
      <Panel title="Lanes" aside="all tenants">
        {value ? <LaneTable lanes={value.lanes} /> : <Skeleton lines={6} />}
      </Panel>
      <Panel title="Newest jobs" aside={<Link to="/jobs">all jobs</Link>}>
        {newest.value?.jobs.length === 0 ? (
          <Empty title="No jobs yet">
            <Link to="/submit">Drop a receipt, an invoice or a screenshot</Link>, or run{' '}
            <code>waybill submit FILE</code>.
          </Empty>
        ) : null}
        <div role="list" aria-label="Newest jobs">
          {newest.value?.jobs.map((job) => (
            <div role="listitem" key={job.id} style={{ height: jobRowHeight }}>
              <JobRow job={job} />
            </div>
          ))}
        </div>
      </Panel>
    </>
  );
}
