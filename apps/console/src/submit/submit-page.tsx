import type { AcceptanceView, JobView, TaskKind } from '@waybill/contracts';
import { useId, useState, type DragEvent } from 'react';
import { ask, AskError } from '../api/ask.js';
import { useAnswer } from '../api/use-answer.js';
import { bytes } from '../format/format-values.js';
import { StatusMark } from '../parts/status-mark.js';
import { Link } from '../shell/link.js';
import { submissionOf } from './submission-of.js';

interface Sent {
  readonly name: string;
  readonly sizeBytes: number;
  readonly id?: string;
  readonly error?: string;
}

const schemas = ['', 'receipt', 'invoice'] as const;
const kinds: Readonly<Record<TaskKind, string>> = {
  extract: 'extract fields',
  read: 'read only',
  classify: 'say what it is',
  describe: 'describe what is to be seen',
  answer: 'answer a question',
  chart: 'charts to data',
  chat: 'talk about it',
};

/** Files in, each as a job of its own. */
export function SubmitPage() {
  const [task, setTask] = useState<TaskKind>('extract');
  const [schema, setSchema] = useState('');
  const [question, setQuestion] = useState('');
  const [tags, setTags] = useState('');
  const [sent, setSent] = useState<readonly Sent[]>([]);
  const [isOver, setIsOver] = useState(false);
  const input = useId();
  // Asked so that a missing key is noticed before files are dropped, not after.
  useAnswer('/v1/jobs?limit=1');

  const submit = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      const known = { name: file.name, sizeBytes: file.size };
      const end = await send(file, submissionOf({ task, schema, question, tags, fileName: file.name }));
      setSent((before) => [{ ...known, ...end }, ...before]);
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    void submit([...event.dataTransfer.files]);
  };
  return (
    <>
      <header className="page-head">
        <h1>Submit</h1>
      </header>
      <form className="filters" aria-label="What is wanted" onSubmit={(event) => event.preventDefault()}>
        <label>
          Task
          <select value={task} onChange={(event) => setTask(event.target.value as TaskKind)}>
            {Object.entries(kinds).map(([kind, name]) => (
              <option key={kind} value={kind}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {task === 'extract' ? (
          <label>
            Fields of
            <select value={schema} onChange={(event) => setSchema(event.target.value)}>
              {schemas.map((name) => (
                <option key={name} value={name}>
                  {name === '' ? 'what it turns out to be' : `a ${name}`}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {task === 'answer' || task === 'chat' ? (
          <label>
            {task === 'answer' ? 'Question' : 'Message'}
            <input value={question} onChange={(event) => setQuestion(event.target.value)} />
          </label>
        ) : null}
        <label>
          Tags
          <input value={tags} placeholder="night, scans" onChange={(event) => setTags(event.target.value)} />
        </label>
      </form>
      <label
        htmlFor={input}
        className={`drop ${isOver ? 'over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <strong>Drop documents here, or choose them</strong>
        <span className="faint">
          Pictures, PDF, e-mail, text; with LibreOffice also Office files. Each becomes a job.
        </span>
        <input
          id={input}
          type="file"
          multiple
          onChange={(event) => {
            void submit([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </label>
      <ul className="sent" aria-label="Submitted" aria-live="polite">
        {sent.map((each, index) => (
          <li key={sent.length - index}>
            <span>
              {each.name} <span className="faint">{bytes(each.sizeBytes)}</span>
            </span>
            {each.id === undefined ? <span className="problem">{each.error}</span> : <Fate id={each.id} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Fate({ id }: { id: string }) {
  const [isFinal, setIsFinal] = useState(false);
  const { value } = useAnswer<JobView>(`/v1/jobs/${id}`, isFinal ? undefined : 1_000);
  if (!isFinal && value?.finishedAt !== undefined) setIsFinal(true);
  return (
    <span>
      {value ? <StatusMark status={value.status} /> : null} <Link to={`/jobs/${id}`}>look at it</Link>
    </span>
  );
}

async function send(file: File, submission: object): Promise<{ id: string } | { error: string }> {
  const form = new FormData();
  form.append('submission', JSON.stringify(submission));
  form.append('file', file, file.name);
  try {
    const { id } = (await (await ask('/v1/jobs', { method: 'POST', body: form })).json()) as AcceptanceView;
    return { id };
  } catch (error) {
    return { error: error instanceof AskError ? error.message : String(error) };
  }
}
