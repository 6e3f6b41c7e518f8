import type { CandidateView, RouteExplanation } from '@waybill/contracts';
import { useEffect, useState } from 'react';
import { AskError, post } from '../api/ask.js';
import { duration, percent, usd } from '../format/format-values.js';
import { Panel } from '../parts/panel.js';
import { gatherExclusions } from './gather-exclusions.js';

const begin = {
  task: 'extract',
  difficulty: '0.3',
  pages: '1',
  wordsPerPage: '300',
  tier: '',
  sensitivity: '',
  maxCostUsd: '',
  providers: 'all',
};
type Wishes = typeof begin;

const questionOf = (wishes: Wishes): object => ({
  task: wishes.task,
  difficulty: Number(wishes.difficulty),
  pages: Number(wishes.pages),
  wordsPerPage: Number(wishes.wordsPerPage),
  providers: wishes.providers,
  routing: {
    ...(wishes.tier === '' ? {} : { tier: wishes.tier }),
    ...(wishes.sensitivity === '' ? {} : { sensitivity: wishes.sensitivity }),
    ...(wishes.maxCostUsd === '' ? {} : { maxCostUsd: Number(wishes.maxCostUsd) }),
  },
});

const typingMs = 200;

/** A piece of work described by hand, and where it would go. Nobody is asked for an answer. */
export function WhatIf() {
  const [wishes, setWishes] = useState(begin);
  const [answer, setAnswer] = useState<RouteExplanation>();
  const [sentence, setSentence] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => {
      post<RouteExplanation>('/v1/routing/explain', questionOf(wishes))
        .then((explanation) => {
          setAnswer(explanation);
          setSentence(undefined);
        })
        .catch((error: unknown) => setSentence(error instanceof AskError ? error.message : String(error)));
    }, typingMs);
    return () => clearTimeout(timer);
  }, [wishes]);
  const choice = (name: keyof Wishes, label: string, options: readonly string[], none?: string) => (
    <label>
      {label}
      <select value={wishes[name]} onChange={(event) => setWishes({ ...wishes, [name]: event.target.value })}>
        {none === undefined ? null : <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
  const number = (name: keyof Wishes, label: string, most: number, step: number) => (
    <label>
      {label}
      <input
        type="number"
        min={0}
        max={most}
        step={step}
        value={wishes[name]}
        onChange={(event) => setWishes({ ...wishes, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <Panel title="What if" aside="by the priors; nobody is asked">
      <form className="filters" aria-label="A piece of work" onSubmit={(event) => event.preventDefault()}>
        {choice('task', 'Task', ['extract', 'classify', 'describe', 'answer', 'chart', 'chat'])}
        {number('pages', 'Pages', 1_000, 1)}
        {number('wordsPerPage', 'Words a page', 5_000, 50)}
        {number('difficulty', 'Difficulty', 1, 0.1)}
        {choice('tier', 'Tier at most', ['free', 'cheap', 'standard', 'frontier'], 'any')}
        {choice('sensitivity', 'Sensitivity', ['public', 'internal', 'confidential', 'restricted'], 'not stated')}
        {number('maxCostUsd', 'USD at most', 100, 0.01)}
        {choice('providers', 'Providers', ['all', 'configured'])}
      </form>
      {sentence === undefined ? null : (
        <p role="alert" className="problem">
          {sentence}
        </p>
      )}
      {answer ? <Explanation answer={answer} /> : null}
    </Panel>
  );
}

function Explanation({ answer: { kind, chosen, next, exclusions } }: { answer: RouteExplanation }) {
  const gathered = gatherExclusions(exclusions);
  return (
    <div className="what-if" aria-live="polite">
      {chosen ? (
        <p className="verdict">
          It would go to <strong>{chosen.model}</strong> for about {usd(chosen.expectedUsd)}, {percent(chosen.quality)}{' '}
          likely right.
        </p>
      ) : (
        <p className="verdict">
          {kind === 'wait' ? 'It would wait.' : 'Nobody could be asked; the reasons are below.'}
        </p>
      )}
      {chosen ? <Candidates candidates={[chosen, ...next]} /> : null}
      {gathered.length > 0 ? (
        <details>
          <summary>{new Set(exclusions.map(({ model }) => model)).size} models with something against them</summary>
          <ul>
            {gathered.map(({ code, models, example }) => (
              <li key={code}>
                <strong>{code}</strong>: {models.length} models, for example {example}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

const Candidates = ({ candidates }: { candidates: readonly CandidateView[] }) => (
  <table>
    <thead>
      <tr>
        <th scope="col">In order</th>
        <th scope="col">Shown</th>
        <th scope="col" className="number">
          Likely right
        </th>
        <th scope="col" className="number">
          This call
        </th>
        <th scope="col" className="number">
          At most
        </th>
        <th scope="col" className="number">
          With what follows
        </th>
        <th scope="col" className="number">
          Time
        </th>
      </tr>
    </thead>
    <tbody>
      {candidates.map(({ model, form, quality, expectedUsd, mostUsd, expectedCostUsd, latencyMs }) => (
        <tr key={model}>
          <th scope="row">{model}</th>
          <td>{form}</td>
          <td className="number">{percent(quality)}</td>
          <td className="number">{usd(expectedUsd)}</td>
          <td className="number">{usd(mostUsd)}</td>
          <td className="number">{usd(expectedCostUsd)}</td>
          <td className="number">{duration(latencyMs)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
