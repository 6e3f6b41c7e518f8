import type { AcceptanceView, JobView } from '@waybill/contracts';
import { useState } from 'react';
import { AskError, download, post } from '../api/ask.js';
import { go } from '../shell/location.js';

const forms = [
  ['result', 'json'],
  ['layout', 'json'],
  ['markdown', 'md'],
  ['html', 'html'],
  ['text', 'txt'],
] as const;

/** What can be done with a job: cancel it, do it once more, take away what came of it. */
export function JobActions({ job: { id, finishedAt }, again }: { job: JobView; again: () => void }) {
  const [error, setError] = useState<string>();
  const run = (work: () => Promise<void>): void => {
    setError(undefined);
    work().catch((failure: unknown) => setError(failure instanceof AskError ? failure.message : String(failure)));
  };
  const retry = async (): Promise<void> => {
    const { id: next } = await post<AcceptanceView>(`/v1/jobs/${id}/retry`);
    go(`/jobs/${next}`);
  };
  const cancel = async (): Promise<void> => {
    await post(`/v1/jobs/${id}/cancel`);
    again();
  };
  return (
    <div className="actions">
      {finishedAt === undefined ? (
        <button type="button" className="quiet" onClick={() => run(cancel)}>
          Cancel
        </button>
      ) : (
        <>
          <button
            type="button"
            className="quiet"
            onClick={() => run(retry)}
            title="Submit the same documents as a new job"
          >
            Retry
          </button>
          <details className="menu">
            <summary className="button">Download</summary>
            <div>
              {forms.map(([form, extension]) => (
                <button
                  key={form}
                  type="button"
                  className="quiet"
                  onClick={() => run(() => download(`/v1/jobs/${id}/${form}`, `${id}-${form}.${extension}`))}
                >
                  {form}
                </button>
              ))}
            </div>
          </details>
        </>
      )}
      {error === undefined ? null : (
        <p role="alert" className="problem">
          {error}
        </p>
      )}
    </div>
  );
}
