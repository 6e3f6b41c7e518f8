import type { RouteAttempt, RouteView } from '@waybill/contracts';
import { useEffect, useRef } from 'react';
import { useAnswer } from '../api/use-answer.js';
import { count, percent, usd } from '../format/format-values.js';
import { Empty, ProblemNote, Skeleton } from '../parts/notes.js';
import { isOpen, namesOf, nextOf, whatCame, whyAsked } from './tell-route.js';

/** How each document is routed, told step by step; asked for again after every event of the job. */
export function RouteStory({ id, events }: { id: string; events: number }) {
  const { value, error, again } = useAnswer<RouteView>(`/v1/jobs/${id}/route`);
  const askedAt = useRef(events);
  useEffect(() => {
    if (askedAt.current === events) return;
    askedAt.current = events;
    again();
    // `again` is new at every turn; the events are what asks.
  }, [events]);
  if (error && !value) return <ProblemNote error={error} again={again} />;
  if (!value) return <Skeleton lines={8} />;
  if (value.documents.length === 0 && isOpen(value.status)) {
    return <Empty title="No model was asked so far">{nextOf(value)}</Empty>;
  }
  if (value.documents.length === 0) {
    return (
      <Empty title="No model was needed">
        What was asked for is answered by reading, or by rules; it cost nothing.
      </Empty>
    );
  }
  return (
    <div className="story">
      {isOpen(value.status) ? (
        <p className="notice" role="status">
          {nextOf(value)}
        </p>
      ) : null}
      {value.documents.map(({ document, attempts }) => (
        <section key={document} aria-label={`Document ${document + 1}`}>
          <h2>Document {document + 1}</h2>
          <ol>
            {attempts.map((attempt, index) => (
              <li key={index}>
                <Attempt attempt={attempt} isFirst={index === 0} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Attempt({ attempt, isFirst }: { attempt: RouteAttempt; isFirst: boolean }) {
  const { model, tier, simulated, doubtful, next, exclusions, coercions, usage, estimate, catalogVersion } = attempt;
  return (
    <article>
      <h3>
        {model} <span className="faint">tier {tier}</span> {simulated ? <i className="tag">simulated</i> : null}
      </h3>
      <p>{whyAsked(attempt, isFirst)}</p>
      <p>
        <strong>{whatCame(attempt)}</strong>
      </p>
      {doubtful.length > 0 ? <p className="faint">In doubt: {namesOf(doubtful)}</p> : null}
      {coercions.map(({ path, remark }) => (
        <p key={path} className="faint">
          {namesOf([path])}: {remark}
        </p>
      ))}
      <p className="faint">
        {usage
          ? `${count(usage.inputTokens)} tokens in (estimated ${count(estimate.inputTokens.expected)}), ${count(usage.outputTokens)} out · `
          : ''}
        estimated {usd(estimate.cost.leastUsd)} to {usd(estimate.cost.mostUsd)} · prices of {catalogVersion}
      </p>
      {next.length + exclusions.length > 0 ? (
        <details>
          <summary>
            {next.length} would have been next, {exclusions.reduce((sum, { models }) => sum + models, 0)} were passed
            over
          </summary>
          {next.length > 0 ? (
            <table>
              <thead>
                <tr>
                  <th scope="col">Next</th>
                  <th scope="col">Shown</th>
                  <th scope="col" className="number">
                    Likely right
                  </th>
                  <th scope="col" className="number">
                    Expected
                  </th>
                </tr>
              </thead>
              <tbody>
                {next.map((candidate) => (
                  <tr key={candidate.model}>
                    <th scope="row">{candidate.model}</th>
                    <td>{candidate.form}</td>
                    <td className="number">{percent(candidate.quality)}</td>
                    <td className="number">{usd(candidate.expectedCostUsd)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
          <ul>
            {exclusions.map(({ code, models, example }) => (
              <li key={code}>
                <strong>{models}</strong> passed over ({code}), for example {example}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </article>
  );
}
