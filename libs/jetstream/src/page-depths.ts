import type { JetStreamManager } from '@nats-io/jetstream';
import {
  pageLaneOfSubject,
  readPageSubject,
  streams,
  type PageLane,
  type Routing,
  type Tenant,
} from '@waybill/contracts';
import { placePage } from '@waybill/jobs';
import { reading } from './reading.js';

/** For how long a tenant's counts are used; what is placed meanwhile is counted here. */
const freshForMs = 250;

interface KnownDepth {
  readonly askedAtMs: number;
  readonly counts: Promise<Record<PageLane, number>>;
}

/** Places pages by what their tenants have in the stream. */
export class PageDepths {
  private readonly known = new Map<Tenant, KnownDepth>();

  constructor(private readonly manager: JetStreamManager) {}

  /** The lane for one more page of the tenant, which is counted as placed. @throws StageError `unavailable` (retryable). */
  async place(tenant: Tenant, priority: Routing['priority']): Promise<PageLane> {
    const counts = await this.countsOf(tenant);
    const lane = placePage(counts, priority);
    counts[lane] += 1;
    return lane;
  }

  private countsOf(tenant: Tenant): Promise<Record<PageLane, number>> {
    const nowMs = performance.now();
    const known = this.known.get(tenant);
    if (known && nowMs - known.askedAtMs <= freshForMs) return known.counts;
    for (const [each, { askedAtMs }] of this.known) if (nowMs - askedAtMs > freshForMs) this.known.delete(each);
    const counts = this.ask(tenant);
    this.known.set(tenant, { askedAtMs: nowMs, counts });
    // Whoever asks next after a failure asks the server again.
    counts.catch(() => this.known.delete(tenant));
    return counts;
  }

  private async ask(tenant: Tenant): Promise<Record<PageLane, number>> {
    const wanted = { subjects_filter: readPageSubject(tenant, '*') };
    const ask = () => this.manager.streams.info(streams.pages.name, wanted);
    const info = await reading('the pages that a tenant has waiting', ask);
    const counts = { front: 0, middle: 0, back: 0 };
    for (const [subject, count] of Object.entries(info.state.subjects ?? {})) {
      const lane = pageLaneOfSubject(subject);
      if (lane) counts[lane] += count;
    }
    return counts;
  }
}
