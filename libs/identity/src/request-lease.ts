import type { RequestRate } from './request-limits.js';
import type { SharedBuckets } from './shared-buckets.js';

/** What of a portion was not asked for goes back after so long. */
const idleMs = 2_000;
/** For how long at most an empty bucket is believed to be so: others may have given back. */
const believedMs = 250;

/** The requests of one bucket that this process may let through without asking. */
export class RequestLease {
  private held = 0;
  /** What was given in advance; 0 near the limit, where every request asks. */
  private portion = 0;
  private waiting = 0;
  private asking: Promise<number> | undefined;
  private returning: NodeJS.Timeout | undefined;
  private refused: { readonly untilMs: number; readonly readyMs: number } | undefined;

  constructor(
    private readonly name: string,
    readonly rate: RequestRate,
    private readonly buckets: SharedBuckets,
    private readonly nowMs: () => number,
  ) {}

  get isEmpty(): boolean {
    return this.held < 1;
  }

  /** Asks for more, once for all who wait. @returns the time until there is a request, in milliseconds; 0 when there is one */
  async fill(): Promise<number> {
    const nowMs = this.nowMs();
    if (this.refused && nowMs < this.refused.untilMs) return Math.max(1, this.refused.readyMs - nowMs);
    if (!this.asking) {
      this.waiting = 0;
      // A turn later, so that those who come together ask together.
      this.asking = Promise.resolve().then(() => this.ask());
    }
    this.waiting += 1;
    return await this.asking;
  }

  /** Takes one; there is one. Where half of a portion is gone the next one is fetched, and nobody waits for it. */
  spend(): void {
    this.held -= 1;
    if (this.held > 0 && this.held <= this.portion / 2) void this.fill();
  }

  /** May be called at any time. */
  async giveBack(): Promise<void> {
    clearTimeout(this.returning);
    this.returning = undefined;
    const unused = this.held;
    this.held = 0;
    if (unused > 0) await this.buckets.giveBack(this.name, this.rate, unused);
  }

  private async ask(): Promise<number> {
    const { waiting } = this;
    const { granted, waitMs } = await this.buckets.take(this.name, this.rate, waiting);
    this.asking = undefined;
    this.held += granted;
    this.portion = granted > waiting ? granted : 0;
    const nowMs = this.nowMs();
    this.refused = granted > 0 ? undefined : { untilMs: nowMs + Math.min(waitMs, believedMs), readyMs: nowMs + waitMs };
    clearTimeout(this.returning);
    if (this.held > 0) this.returning = setTimeout(() => void this.giveBack(), idleMs).unref();
    return granted > 0 ? 0 : waitMs;
  }
}
