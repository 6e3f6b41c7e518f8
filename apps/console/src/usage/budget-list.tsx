import type { BudgetView } from '@waybill/contracts';
import { useState } from 'react';
import { ask, AskError } from '../api/ask.js';
import { ago, usd } from '../format/format-values.js';
import { Meter } from '../parts/meter.js';
import { Empty } from '../parts/notes.js';

/** Every budget and how it stands, and a way to make one. */
export function BudgetList({ budgets, again }: { budgets: readonly BudgetView[]; again: () => void }) {
  const [error, setError] = useState<string>();
  const send = (path: string, init: RequestInit): void => {
    setError(undefined);
    ask(path, init)
      .then(again)
      .catch((failure: unknown) => setError(failure instanceof AskError ? failure.message : String(failure)));
  };
  return (
    <>
      {budgets.length === 0 ? (
        <Empty title="No budgets">Without one, models are asked whatever it costs. Make one below.</Empty>
      ) : null}
      <ul className="budgets">
        {budgets.map((budget) => (
          <li key={budget.name}>
            <Standing budget={budget} />
            <button
              type="button"
              className="quiet"
              aria-label={`Remove the budget ${budget.name}`}
              onClick={() => send(`/v1/budgets/${budget.name}`, { method: 'DELETE' })}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      <form
        className="budget-form"
        aria-label="New budget"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const text = (name: string): string => {
            const given = form.get(name);
            return typeof given === 'string' ? given.trim() : '';
          };
          const tag = text('tag');
          const wish = {
            window: text('window'),
            capUsd: Number(text('cap')),
            over: text('over'),
            ...(tag === '' ? {} : { tag }),
          };
          const headers = { 'content-type': 'application/json' };
          send(`/v1/budgets/${encodeURIComponent(text('name'))}`, {
            method: 'PUT',
            headers,
            body: JSON.stringify(wish),
          });
        }}
      >
        <label>
          Name
          <input name="name" required pattern="[a-z0-9][a-z0-9\-]*" placeholder="nightly" />
        </label>
        <label>
          USD
          <input name="cap" type="number" min="0" step="0.01" required placeholder="5.00" />
        </label>
        <label>
          Each
          <select name="window" defaultValue="day">
            <option>hour</option>
            <option>day</option>
            <option>month</option>
            <option>job</option>
            <option>total</option>
          </select>
        </label>
        <label>
          Then
          <select name="over" defaultValue="wait">
            <option>wait</option>
            <option>degrade</option>
            <option>refuse</option>
          </select>
        </label>
        <label>
          Tag
          <input name="tag" placeholder="all jobs" />
        </label>
        <button type="submit">Set</button>
      </form>
      {error === undefined ? null : (
        <p role="alert" className="problem">
          {error}
        </p>
      )}
    </>
  );
}

function Standing({ budget }: { budget: BudgetView }) {
  const { name, window, capUsd, over, tag, spentUsd, reservedUsd = 0, windowEndsAt } = budget;
  const cap = Math.max(capUsd, Number.MIN_VALUE);
  return (
    <div>
      <p>
        <strong>{name}</strong>{' '}
        <span className="faint">
          {usd(capUsd)} each {window}
          {tag === undefined ? '' : `, tag ${tag}`}, then {over}
        </span>
      </p>
      {spentUsd === undefined ? (
        <p className="faint">Counts each job by itself.</p>
      ) : (
        <>
          <Meter label={`${name}: spent`} share={spentUsd / cap} reserved={reservedUsd / cap} />
          <p className="faint">
            {usd(spentUsd)} spent{reservedUsd > 0 ? `, ${usd(reservedUsd)} reserved` : ''}
            {windowEndsAt === undefined ? '' : `; begins anew ${ago(windowEndsAt, Date.now())}`}
          </p>
        </>
      )}
    </div>
  );
}
