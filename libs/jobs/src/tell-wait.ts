import type { JobEvent } from '@waybill/contracts';
import type { EventLog } from './event-log.js';
import { StageError } from './stage-error.js';

export type JobWaiting = Extract<JobEvent, { type: 'job-waiting' }>;

/** Shows in the job that it waits. What is away may be the very server that is told of it: then the job waits unseen. */
export async function tellWait(events: EventLog, wait: Omit<JobWaiting, 'version' | 'type'>): Promise<void> {
  try {
    await events.append({ version: 1, type: 'job-waiting', ...wait });
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
  }
}
