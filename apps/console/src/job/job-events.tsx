import type { JobEventView } from '@waybill/contracts';
import { clock } from '../format/format-values.js';
import { LongList } from '../parts/long-list.js';
import { Skeleton } from '../parts/notes.js';

/** What happened, in order. */
export function JobEvents({ events }: { events: readonly JobEventView[] }) {
  if (events.length === 0) return <Skeleton lines={6} />;
  return (
    <LongList
      label="Events"
      className="events"
      rows={events.length}
      rowHeight={36}
      row={(index) => {
        const event = events[index];
        return event ? (
          <div className="event">
            <time dateTime={event.at}>{clock(event.at)}</time>
            <code>{event.type}</code>
            <span className="faint">{saysOf(event)}</span>
          </div>
        ) : null;
      }}
    />
  );
}

function saysOf(event: JobEventView): string {
  switch (event.type) {
    case 'job-accepted':
      return `by ${event.door}`;
    case 'job-planned':
      return event.documents.map(({ name, mediaType, pages }) => `${name ?? mediaType}: ${pages} pages`).join(', ');
    case 'page-read':
      return `document ${event.document + 1}, page ${event.page}: ${event.summary.words} words by ${event.summary.engine}`;
    case 'page-failed':
      return `document ${event.document + 1}, page ${event.page}: ${event.failure.message}`;
    case 'attempt-made': {
      const { model, outcome, reason } = event.attempt;
      return `document ${event.document + 1}: ${model} ${outcome}${reason === undefined ? '' : `: ${reason}`}`;
    }
    case 'job-waiting':
      return `${event.reason} Until ${clock(event.until)}.`;
    case 'job-finished':
      return event.status;
    default:
      return '';
  }
}
