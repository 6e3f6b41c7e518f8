import { useMemo } from 'react';
import { useSession } from '../api/session.js';
import { LongList } from '../parts/long-list.js';
import { Empty, ProblemNote, Skeleton } from '../parts/notes.js';
import { Link } from '../shell/link.js';
import { go, usePlace, withQuery } from '../shell/location.js';
import { filtersOf, listingPath } from './job-filters.js';
import { JobRow, jobRowHeight } from './job-row.js';
import { useJobList } from './use-job-list.js';

const statuses = ['queued', 'processing', 'waiting', 'completed', 'partial', 'failed', 'cancelled', 'expired'];
const tasks = ['read', 'extract', 'classify', 'describe', 'answer', 'chart'];
const spanNames = { hour: 'last hour', day: 'last day', week: 'last week' };
const pageSize = 100;

/** Jobs, newest first; older ones come as one scrolls. */
export function JobsPage() {
  const place = usePlace();
  const { tenant } = useSession();
  const filters = filtersOf(place.query);
  const { status, task, tag, span } = filters;
  const path = useMemo(() => listingPath({ status, task, tag, span }, pageSize, new Date()), [status, task, tag, span]);
  const { jobs, isComplete, error, more, again } = useJobList(path);
  const change = (name: string, value: string): void => go(withQuery(place, { [name]: value }), 'replace');
  const isFiltered = [status, task, tag, span].some((wish) => wish !== '');
  return (
    <>
      <header className="page-head">
        <h1>Jobs</h1>
        {tenant === '' ? null : <span className="faint">of {tenant}</span>}
      </header>
      <form className="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
        <Choice name="status" label="Status" value={status} options={statuses} change={change} />
        <Choice name="task" label="Task" value={task} options={tasks} change={change} />
        <label>
          When
          <select value={span} onChange={(event) => change('span', event.target.value)}>
            <option value="">any time</option>
            {Object.entries(spanNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Tag
          <input
            key={tag}
            defaultValue={tag}
            placeholder="any"
            onBlur={(event) => change('tag', event.target.value.trim())}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur();
            }}
          />
        </label>
        {isFiltered ? (
          <button type="button" className="quiet" onClick={() => go('/jobs', 'replace')}>
            Clear
          </button>
        ) : null}
      </form>
      {error ? <ProblemNote error={error} again={again} /> : null}
      {jobs.length > 0 ? (
        <LongList
          label="Jobs"
          className="jobs"
          rows={jobs.length}
          rowHeight={jobRowHeight}
          onEnd={more}
          row={(index) => {
            const job = jobs[index];
            return job ? <JobRow job={job} /> : null;
          }}
        />
      ) : isComplete ? (
        <Empty title={isFiltered ? 'No such jobs' : 'No jobs yet'}>
          {isFiltered ? (
            'Take a filter away, or choose a longer time.'
          ) : (
            <Link to="/submit">Submit the first document.</Link>
          )}
        </Empty>
      ) : error ? null : (
        <Skeleton lines={8} />
      )}
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly change: (name: string, value: string) => void;
}

const Choice = ({ name, label, value, options, change }: ChoiceProps) => (
  <label>
    {label}
    <select value={value} onChange={(event) => change(name, event.target.value)}>
      <option value="">any</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
      {value !== '' && !options.includes(value) ? <option>{value}</option> : null}
    </select>
  </label>
);
