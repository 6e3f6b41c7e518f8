import type { z } from 'zod';
import { untilWritten } from '@waybill/nats-answers';
import type { RouteBucket, StoredEntry } from './route-bucket.js';

/** From a state to the next one, and what it says besides. Pure: it is applied again whenever somebody else was faster. */
export type Change<State, Result = unknown> = (state: State) => { readonly state: State; readonly result: Result };

/** How a kind of entry is kept. */
export interface EntryForm<State> {
  readonly schema: z.ZodType<State>;
  readonly empty: State;
  /** Without what has passed. */
  tidied(state: State): State;
}

interface Pending<State> {
  readonly change: Change<State>;
  /** Kept until it is written; else it fails with the write. */
  readonly isKept: boolean;
  readonly settle: (result: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** How long changes that nobody waits for gather company. */
const gatherMs = 250;
const againAfterMs = 1_000;
const mostPending = 1_000;

/** One entry of the bucket as this worker knows it, and its changes on the way there. */
export class SharedEntry<State> {
  private written: { state: State; revision: number };
  private pending: Pending<State>[] = [];
  private underWay: readonly Pending<State>[] = [];
  private flushing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private known: State | undefined;
  private isClosed = false;

  constructor(
    private readonly key: string,
    private readonly bucket: RouteBucket,
    private readonly form: EntryForm<State>,
    private readonly onChange: () => void,
  ) {
    this.written = { state: form.empty, revision: 0 };
  }

  /** What is known here: as written, with this worker's own changes that are not written yet. */
  get state(): State {
    this.known ??= this.applied(this.written.state, [...this.underWay, ...this.pending]).state;
    return this.known;
  }

  /** Takes over what somebody has written. */
  observe({ value, revision }: StoredEntry): void {
    if (revision <= this.written.revision) return;
    this.written = { state: this.parsed(value), revision };
    this.changed();
  }

  /** Applies a change and writes at once. Rejects, without any change, when that cannot be done now. */
  async ask<Result>(change: Change<State, Result>): Promise<Result> {
    return await new Promise<Result>((settle, fail) => {
      this.add({ change, isKept: false, settle: settle as (result: unknown) => void, fail });
      void this.flush();
    });
  }

  /** Applies a change that holds here at once, and is written in a moment, or when the server is back. */
  note(change: (state: State) => State): void {
    const done = (): void => undefined;
    this.add({
      change: (state) => ({ state: change(state), result: undefined }),
      isKept: true,
      settle: done,
      fail: done,
    });
    this.flushIn(gatherMs);
  }

  /** Writes what is noted. Resolves also when that cannot be done now. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushing ??= this.writeAll().finally(() => (this.flushing = undefined));
    await this.flushing;
  }

  /** Writes what is noted, if that can be done now, and tries no more. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.flush();
  }

  private add(pending: Pending<State>): void {
    this.pending.push(pending);
    if (this.pending.length > mostPending) {
      this.pending.splice(0, this.pending.length - mostPending).forEach(dropped);
      this.known = undefined;
    }
    // One more step from what is known, instead of all of them again.
    this.known = this.known === undefined ? undefined : pending.change(this.known).state;
    this.onChange();
  }

  private async writeAll(): Promise<void> {
    while (this.pending.length > 0) {
      this.underWay = this.pending.splice(0);
      try {
        const results = await this.write(this.underWay);
        this.underWay.forEach(({ settle }, index) => settle(results[index]));
        this.underWay = [];
        this.changed();
      } catch (error) {
        this.giveUp(error);
        return;
      }
    }
  }

  /** @returns what the changes said of the state that was written */
  private async write(changes: readonly Pending<State>[]): Promise<unknown[]> {
    return await untilWritten(this.key, async () => {
      const { state: before, revision } = this.written;
      const { state, results } = this.whole(changes) ?? this.applied(before, changes);
      if (state === before) return { written: results };
      const next = this.form.tidied(state);
      const newRevision = await this.bucket.write(this.key, JSON.stringify(next), revision);
      if (newRevision !== undefined) {
        if (newRevision > this.written.revision) this.written = { state: next, revision: newRevision };
        return { written: results };
      }
      this.observe(await this.bucket.read(this.key));
      return undefined;
    });
  }

  /** What is known already comes of these changes, where nobody waits for what each of them says. */
  private whole(changes: readonly Pending<State>[]): { state: State; results: unknown[] } | undefined {
    if (this.known === undefined || this.pending.length > 0 || !changes.every(({ isKept }) => isKept)) return undefined;
    return { state: this.known, results: [] };
  }

  private giveUp(error: unknown): void {
    const all = [...this.underWay, ...this.pending];
    this.underWay = [];
    this.pending = all.filter(({ isKept }) => isKept).slice(-mostPending);
    for (const { isKept, fail } of all) if (!isKept) fail(error);
    this.changed();
    if (this.pending.length > 0) this.flushIn(againAfterMs);
  }

  private flushIn(ms: number): void {
    if (this.isClosed) return;
    this.timer ??= setTimeout(() => void this.flush(), ms).unref();
  }

  private applied(state: State, changes: readonly Pending<State>[]): { state: State; results: unknown[] } {
    const results: unknown[] = [];
    for (const { change } of changes) {
      const next = change(state);
      state = next.state;
      results.push(next.result);
    }
    return { state, results };
  }

  /** What another release has written in another form counts as nothing. */
  private parsed(value: string | undefined): State {
    if (value === undefined) return this.form.empty;
    try {
      const parsed = this.form.schema.safeParse(JSON.parse(value));
      return parsed.success ? parsed.data : this.form.empty;
    } catch {
      return this.form.empty;
    }
  }

  private changed(): void {
    this.known = undefined;
    this.onChange();
  }
}

const dropped = ({ isKept, fail }: { isKept: boolean; fail: (error: unknown) => void }): void => {
  if (!isKept) fail(new Error('Too many changes wait to be written.'));
};
