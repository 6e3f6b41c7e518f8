import type { Clock } from '@waybill/jobs';
import { leaseMs, renewLeases } from '@waybill/llm-routing';
import type { RouteEntries } from './route-entries.js';

interface Calls {
  /** Asked for, and not known yet whether they may begin. */
  readonly asking: Set<number>;
  readonly held: Set<number>;
}

/** The calls that this worker has under way, said again and again for as long as it lives. */
export class LeaseKeeper {
  private readonly providers = new Map<string, Calls>();
  private timer: NodeJS.Timeout | undefined;
  private lastCall = 0;

  constructor(
    private readonly worker: string,
    private readonly entries: RouteEntries,
    private readonly clock: Clock,
  ) {}

  /** A new call's number, unique in this worker. */
  ask(provider: string): number {
    this.lastCall += 1;
    this.of(provider).asking.add(this.lastCall);
    return this.lastCall;
  }

  hold(provider: string, call: number): void {
    const calls = this.of(provider);
    calls.asking.delete(call);
    calls.held.add(call);
    this.timer ??= setInterval(() => void this.beat(), leaseMs / 3).unref();
  }

  release(provider: string, call: number): void {
    const calls = this.of(provider);
    calls.asking.delete(call);
    calls.held.delete(call);
  }

  /** Says for all providers what is held. */
  async beat(): Promise<void> {
    const busy = [...this.providers].filter(([, { held }]) => held.size > 0);
    if (busy.length === 0) this.stop();
    await Promise.all(
      busy.map(async ([provider, calls]) => {
        const entry = this.entries.gate(provider);
        entry.note((gate) => {
          const asked = (gate.holders[this.worker]?.calls ?? []).filter((call) => calls.asking.has(call));
          return renewLeases(gate, this.worker, [...calls.held, ...asked], this.clock.now().getTime());
        });
        await entry.flush();
      }),
    );
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private of(provider: string): Calls {
    const known = this.providers.get(provider) ?? { asking: new Set(), held: new Set() };
    this.providers.set(provider, known);
    return known;
  }
}
