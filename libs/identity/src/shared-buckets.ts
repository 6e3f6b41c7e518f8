import type { Clock } from '@waybill/jobs';
import { MemoryStates } from './memory-states.js';
import { giveBack, parseBucket, takePortion, type Portion, type RequestBucket } from './request-bucket.js';
import type { RequestRate } from './request-limits.js';
import type { SharedStates } from './shared-states.js';

/** After a failure the store is left alone for so long. */
const awayMs = 5_000;

/** The buckets of all processes together; while their store is away, this process counts alone from what it knew last. */
export class SharedBuckets {
  private readonly alone = new MemoryStates();
  private awayUntilMs = -Infinity;
  private probing = false;

  constructor(
    private readonly shared: SharedStates,
    private readonly clock: Clock,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  async take(name: string, rate: RequestRate, waiting: number): Promise<Portion> {
    return await this.change(name, (bucket) => takePortion(bucket, rate, { waiting, nowMs: this.nowMs() }));
  }

  async giveBack(name: string, rate: RequestRate, unused: number): Promise<void> {
    await this.change(name, (bucket) => ({ bucket: giveBack(bucket, rate, { unused, nowMs: this.nowMs() }) }));
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }

  private async change<Changed extends { readonly bucket: RequestBucket }>(
    name: string,
    change: (bucket: RequestBucket | undefined) => Changed,
  ): Promise<Changed> {
    const step = (bucket: RequestBucket | undefined) => {
      const result = change(bucket);
      return { state: result.bucket, result };
    };
    if (this.isAway(name)) return await this.alone.change(name, parseBucket, step);
    try {
      const changed = await this.shared.change(name, parseBucket, step);
      this.alone.put(name, changed.bucket);
      return changed;
    } catch (error) {
      this.awayUntilMs = this.nowMs() + awayMs;
      this.onTrouble(error);
      return await this.alone.change(name, parseBucket, step);
    }
  }

  /** Nobody waits to find out whether the store is back: one asks, and goes on without the answer. */
  private isAway(name: string): boolean {
    if (this.awayUntilMs === -Infinity) return false;
    if (this.nowMs() < this.awayUntilMs || this.probing) return true;
    this.probing = true;
    this.shared
      .change(name, parseBucket, (state) => ({ state, result: undefined }))
      .then(
        () => (this.awayUntilMs = -Infinity),
        () => (this.awayUntilMs = this.nowMs() + awayMs),
      )
      .finally(() => (this.probing = false));
    return true;
  }
}
