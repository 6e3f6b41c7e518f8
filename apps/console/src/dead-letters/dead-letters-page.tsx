import type { DeadLetter, DeadLetterListView, DeadLetterView } from '@waybill/contracts';
import { useState } from 'react';
import { AskError, post } from '../api/ask.js';
import { useAnswer } from '../api/use-answer.js';
import { ago, counted } from '../format/format-values.js';
import { Empty, ProblemNote, Skeleton } from '../parts/notes.js';
import { Link } from '../shell/link.js';
import { payloadText } from './payload-text.js';

/** Messages that were given up, why, and the way to send them on once more. */
export function DeadLettersPage() {
  const { value, error, again } = useAnswer<DeadLetterListView>('/v1/dead-letters?limit=200', 10_000);
  const [said, setSaid] = useState<string>();
  const replay = (id: string): void => {
    post(`/v1/dead-letters/${id}/replay`)
      .then(() => setSaid(`The message ${id} is on its way again.`))
      .catch((failure: unknown) => setSaid(failure instanceof AskError ? failure.message : String(failure)))
      .finally(again);
  };
  return (
    <>
      <header className="page-head">
        <h1>Dead letters</h1>
        {value ? <span className="faint">{counted(value.deadLetters.length, 'message')}</span> : null}
      </header>
      {error ? <ProblemNote error={error} again={again} /> : null}
      <p role="status" className={said === undefined ? '' : 'notice'}>
        {said}
      </p>
      {value?.deadLetters.length === 0 ? (
        <Empty title="None">
          A message that no attempt could carry out stands here with its reason, and can be replayed when that is gone.
        </Empty>
      ) : null}
      {value || error ? null : <Skeleton lines={6} />}
      <ul className="letters">
        {value?.deadLetters.map((letter) => (
          <li key={letter.id}>
            <Letter letter={letter} replay={() => replay(letter.id)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Letter({ letter, replay }: { letter: DeadLetterView; replay: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const { id, jobId, stage, failure, attempts, at } = letter;
  return (
    <>
      <div className="letter-head">
        <div>
          <p>
            <strong>{failure.message}</strong>
          </p>
          <p className="faint">
            <code>{failure.code}</code> in <code>{stage}</code> after {counted(attempts, 'attempt')},{' '}
            <time dateTime={at} title={at}>
              {ago(at, Date.now())}
            </time>
            {jobId === undefined ? null : (
              <>
                {' '}
                · job <Link to={`/jobs/${encodeURIComponent(jobId)}`}>{jobId}</Link>
              </>
            )}
          </p>
        </div>
        <button type="button" onClick={replay} aria-label={`Replay message ${id}`}>
          Replay
        </button>
      </div>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>Original message</summary>
        {isOpen ? <Original id={id} /> : null}
      </details>
    </>
  );
}

function Original({ id }: { id: string }) {
  const { value, error } = useAnswer<DeadLetter>(`/v1/dead-letters/${id}`);
  if (error) return <ProblemNote error={error} />;
  if (!value) return <Skeleton />;
  const { subject, stream, sequence, payload } = value.original;
  return (
    <>
      <p className="faint">
        {subject} · {stream} {sequence}
      </p>
      <pre tabIndex={0}>{payloadText(payload)}</pre>
    </>
  );
}
