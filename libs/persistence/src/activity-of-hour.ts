import { finalStatuses, type FinalStatus, type JobActivity } from '@waybill/contracts';

/** Jobs of one minute: accepted in it (no status), or ended in it with a status. */
export interface MinuteRow {
  readonly minute: Date;
  readonly status: FinalStatus | null;
  readonly jobs: number;
  /** Of jobs that ended. */
  readonly pages: number;
}

const minuteMs = 60_000;
const minutesShown = 60;

/** Where the hour begins that ends with the minute of `now`. */
export const firstMinute = (now: Date): Date =>
  new Date(Math.floor(now.getTime() / minuteMs) * minuteMs - (minutesShown - 1) * minuteMs);

/** The last sixty minutes one by one, also those in which nothing happened, and how jobs ended in them. */
export function activityOfHour(rows: readonly MinuteRow[], now: Date): Pick<JobActivity, 'ended' | 'minutes'> {
  const startMs = firstMinute(now).getTime();
  const ended = Object.fromEntries(finalStatuses.map((status) => [status, 0])) as JobActivity['ended'];
  const minutes = Array.from({ length: minutesShown }, (_, index) => ({
    at: new Date(startMs + index * minuteMs).toISOString(),
    accepted: 0,
    completed: 0,
    otherEnds: 0,
    pages: 0,
  }));
  for (const { minute, status, jobs, pages } of rows) {
    const slot = minutes[(minute.getTime() - startMs) / minuteMs];
    if (!slot) continue;
    slot.pages += pages;
    if (status === null) slot.accepted += jobs;
    else {
      ended[status] += jobs;
      slot[status === 'completed' ? 'completed' : 'otherEnds'] += jobs;
    }
  }
  return { ended, minutes };
}
