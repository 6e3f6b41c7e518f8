import type { JobKey } from '@waybill/contracts';
import type { EventLog, JobArchive, RecordedEvent } from '@waybill/jobs';
import { unlessUnavailable, type FindJob } from '../jobs/find-job.js';

/** How long one subscription is followed before it is made anew, which heals one that its server has lost. */
const followForMs = 60_000;

/** What a follower gets: events until the last one, or the news that there will be none. */
export type Following =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'over' }
  | { readonly kind: 'events'; readonly events: AsyncIterable<RecordedEvent> };

/** A job's events, from any place in its life up to its end. */
export class FollowJob {
  constructor(
    private readonly jobs: FindJob,
    private readonly log: EventLog,
    private readonly archive: JobArchive,
  ) {}

  /** @param afterSequence 0 for the whole life; the events end with the final one or when the signal aborts */
  async follow(job: JobKey, afterSequence: number, signal: AbortSignal): Promise<Following> {
    const state = await this.jobs.find(job);
    if (!state) return { kind: 'unknown' };
    const { finished } = state;
    if (!finished) return { kind: 'events', events: this.live(job, afterSequence, signal) };
    if (afterSequence >= finished.sequence) return { kind: 'over' };
    return { kind: 'events', events: this.past(job, afterSequence, finished.sequence) };
  }

  private async *live(job: JobKey, afterSequence: number, signal: AbortSignal): AsyncGenerator<RecordedEvent> {
    let seen = afterSequence;
    while (!signal.aborted) {
      const turn = AbortSignal.any([signal, AbortSignal.timeout(followForMs)]);
      for await (const recorded of this.log.follow(job, seen, turn)) {
        seen = recorded.sequence;
        yield recorded;
        if (recorded.event.type === 'job-finished') return;
      }
    }
  }

  /** A job that outlived its events in the stream still has its last one in Postgres. */
  private async *past(job: JobKey, afterSequence: number, finalSequence: number): AsyncGenerator<RecordedEvent> {
    const events = (await this.log.history(job)).filter(({ sequence }) => sequence > afterSequence);
    yield* events;
    if (events.some(({ event }) => event.type === 'job-finished')) return;
    const event = await unlessUnavailable(() => this.archive.finalEvent(job));
    if (event) yield { sequence: finalSequence, event };
  }
}
