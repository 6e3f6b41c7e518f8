import type { ResultView } from '@waybill/contracts';
import { useAnswer } from '../api/use-answer.js';
import { ago, counted, dayAndTime, duration, usd } from '../format/format-values.js';
import { Figure } from '../parts/figure.js';
import { Empty, ProblemNote, Skeleton } from '../parts/notes.js';
import { StatusMark } from '../parts/status-mark.js';
import { Link } from '../shell/link.js';
import { usePlace, withQuery } from '../shell/location.js';
import { DocumentView } from './document-view.js';
import { JobActions } from './job-actions.js';
import { JobCost } from './job-cost.js';
import { JobEvents } from './job-events.js';
import { RouteStory } from './route-story.js';
import { useJob } from './use-job.js';

const tabs = [
  ['', 'Document'],
  ['route', 'Route'],
  ['cost', 'Cost'],
  ['events', 'Events'],
] as const;

/** One job: what was read and answered, how it was routed, what it cost, what happened. */
export function JobPage({ id }: { id: string }) {
  const place = usePlace();
  const { value: job, error, events, again } = useJob(id);
  const isFinal = job?.finishedAt !== undefined;
  const result = useAnswer<ResultView>(isFinal ? `/v1/jobs/${id}/result` : undefined);
  const tab = place.query.get('tab') ?? '';
  if (!job) {
    if (error?.status === 404) {
      return (
        <Empty title="There is no such job">
          It may belong to another tenant. <Link to="/jobs">See all jobs.</Link>
        </Empty>
      );
    }
    return error ? <ProblemNote error={error} again={again} /> : <Skeleton lines={8} />;
  }
  const { status, task, pages, costUsd, createdAt, timings, waiting, problems, documents } = job;
  return (
    <>
      <header className="page-head">
        <div>
          <h1>
            {documents[0]?.name ?? 'Job'} <StatusMark status={status} />
          </h1>
          <p className="faint">
            <code>{id}</code> · {task?.kind ?? 'no task'} · accepted{' '}
            <time dateTime={createdAt} title={dayAndTime(createdAt)}>
              {ago(createdAt, Date.now())}
            </time>
          </p>
        </div>
        <JobActions job={job} again={again} />
      </header>
      {waiting ? (
        <p className="notice" role="status">
          Waits in {waiting.stage}: {waiting.reason} It goes on {ago(waiting.until, Date.now())}.
        </p>
      ) : null}
      {problems.map((problem, index) => (
        <p key={index} className="problem">
          {problem.message}
        </p>
      ))}
      <dl className="figures small">
        <Figure
          name="Pages"
          value={pages.total === null ? '…' : `${pages.done} of ${pages.total}`}
          note={pages.failed ? `${pages.failed} not read` : undefined}
        />
        <Figure
          name="Cost"
          value={usd(costUsd)}
          note={pages.done > 0 ? `${usd(costUsd / pages.done)} a page` : undefined}
        />
        <Figure
          name="Time"
          value={timings.totalMs === undefined ? 'under way' : duration(timings.totalMs)}
          note={timings.readMs === undefined ? undefined : `${duration(timings.readMs)} reading`}
        />
        <Figure name="Documents" value={documents.length} note={counted(pages.total ?? 0, 'page')} />
      </dl>
      <nav className="tabs" aria-label="Parts of the job">
        {tabs.map(([name, title]) => (
          <Link key={name} to={withQuery(place, { tab: name })} aria-current={tab === name ? 'page' : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      {tab === '' ? <DocumentView job={job} result={result.value} events={events} /> : null}
      {tab === 'route' ? <RouteStory id={id} events={events.length} /> : null}
      {tab === 'cost' ? <JobCost id={id} result={result.value} /> : null}
      {tab === 'events' ? <JobEvents events={events} /> : null}
    </>
  );
}
