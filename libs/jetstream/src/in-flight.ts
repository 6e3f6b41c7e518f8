import type { AbortReason, Run } from './run.js';

/** The runs under way: keeps their messages ours by heartbeats, and tells handlers when to stop. */
export class InFlight {
  private readonly runs = new Set<Run>();
  private readonly beatEveryMs: number;

  /** Heartbeats go out at a third of the ack wait, so that one delayed by a busy event loop still comes before half. */
  constructor(ackWaitMs: number) {
    this.beatEveryMs = ackWaitMs / 3;
  }

  enter(run: Run): void {
    this.runs.add(run);
  }

  leave(run: Run): void {
    this.runs.delete(run);
  }

  /** To be called several times in a third of the ack wait. A run past its deadline is aborted and let go. */
  tick(nowMs: number): void {
    for (const run of this.runs) {
      if (run.limits && run.limits.deadlineMs <= Date.now()) run.abort('deadline');
      if (run.abortedBy === 'deadline') continue;
      if (nowMs - run.beatAtMs >= this.beatEveryMs) run.heartbeat(nowMs);
    }
  }

  cancel(jobKey: string): void {
    for (const run of this.runs) {
      if (run.limits?.cancellable && run.limits.jobKey === jobKey) run.abort('cancelled');
    }
  }

  /** Tells every handler to stop, and gives the messages that are still ours. */
  abortAll(reason: AbortReason): Run[] {
    const runs = [...this.runs];
    for (const run of runs) run.abort(reason);
    return runs;
  }
}
