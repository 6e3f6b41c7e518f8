import type { JobEventView, JobView } from '@waybill/contracts';
import { useMemo } from 'react';
import { LongList } from '../parts/long-list.js';
import { certaintyOf } from './page-marks.js';
import { numberOfPage } from './page-numbers.js';

interface PageStripProps {
  readonly job: JobView;
  readonly events: readonly JobEventView[];
  readonly number: number;
  readonly turnTo: (number: number) => void;
}

interface PageNote {
  readonly tone: string;
  readonly text: string;
}

/** Every page of the job with how its reading went. */
export function PageStrip({ job, events, number, turnTo }: PageStripProps) {
  const notes = useMemo(() => notesOf(job, events), [job.documents, events]);
  return (
    <nav className="strip" aria-label="Pages of the document">
      <LongList
        label="Pages"
        rows={job.pages.total ?? 0}
        rowHeight={38}
        current={number - 1}
        row={(index) => {
          const note = notes.get(index + 1);
          return (
            <button
              type="button"
              className="page-button"
              aria-current={index + 1 === number ? 'page' : undefined}
              onClick={() => turnTo(index + 1)}
            >
              <span className="number">{index + 1}</span>
              <span className={`dot ${note?.tone ?? ''}`} aria-hidden="true" />
              <span className="faint">{note?.text ?? ''}</span>
            </button>
          );
        }}
      />
    </nav>
  );
}

function notesOf(job: JobView, events: readonly JobEventView[]): ReadonlyMap<number, PageNote> {
  const notes = new Map<number, PageNote>();
  for (const event of events) {
    if (event.type !== 'page-read' && event.type !== 'page-failed') continue;
    const number = numberOfPage(job.documents, event);
    if (number === undefined) continue;
    if (event.type === 'page-failed') notes.set(number, { tone: 'doubtful', text: 'not read' });
    else {
      const { confidence, words, classification } = event.summary;
      const tone = confidence === null ? '' : certaintyOf(confidence);
      notes.set(number, { tone, text: classification?.kind ?? `${words} words` });
    }
  }
  return notes;
}
