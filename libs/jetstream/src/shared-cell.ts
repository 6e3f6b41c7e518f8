import type { KV } from '@nats-io/kv';
import { isWrongLastSequence, untilWritten } from '@waybill/nats-answers';

/** From what is stored to what shall be: undefined where it stays as it is. */
export type CellChange = (stored: unknown) => { readonly next?: unknown; readonly settle: () => void };

interface Pending {
  readonly change: CellChange;
  readonly fail: (error: unknown) => void;
}

/** One entry of a bucket: compare-and-set; all changes that come while a write is under way go into the next one. */
export class SharedCell {
  private known: { readonly value: unknown; readonly revision: number } | undefined;
  private readonly pending: Pending[] = [];
  private writing = false;

  constructor(
    private readonly bucket: KV,
    private readonly key: string,
    private readonly timeoutMs: number,
  ) {}

  get isIdle(): boolean {
    return !this.writing;
  }

  add(pending: Pending): void {
    this.pending.push(pending);
    if (!this.writing) void this.writeAll();
  }

  /** Never rejects: who waits is told. */
  private async writeAll(): Promise<void> {
    this.writing = true;
    while (this.pending.length > 0) {
      const together = this.pending.splice(0);
      try {
        for (const settle of await this.write(together.map(({ change }) => change))) settle();
      } catch (error) {
        this.known = undefined;
        for (const { fail } of together) fail(error);
      }
    }
    this.writing = false;
  }

  private async write(changes: readonly CellChange[]): Promise<(() => void)[]> {
    let isFresh = this.known === undefined;
    return await untilWritten(this.key, async () => {
      const { value, revision } = (this.known ??= await this.read());
      const { next, isChanged, settles } = applied(value, changes);
      if (isChanged ? await this.put(next, revision) : isFresh) return { written: settles };
      // Somebody was faster, or may have been.
      this.known = undefined;
      isFresh = true;
      return undefined;
    });
  }

  private async read(): Promise<{ value: unknown; revision: number }> {
    const entry = await this.bucket.get(this.key);
    if (entry?.operation !== 'PUT') return { value: undefined, revision: entry?.revision ?? 0 };
    return { value: parsed(entry.string()), revision: entry.revision };
  }

  private async put(value: unknown, previousSeq: number): Promise<boolean> {
    try {
      const options = { previousSeq, timeout: this.timeoutMs };
      this.known = { value, revision: await this.bucket.put(this.key, JSON.stringify(value), options) };
      return true;
    } catch (error) {
      if (isWrongLastSequence(error)) return false;
      throw error;
    }
  }
}

function applied(stored: unknown, changes: readonly CellChange[]) {
  let [value, isChanged] = [stored, false];
  const settles = changes.map((change) => {
    const { next, settle } = change(value);
    if (next !== undefined) [value, isChanged] = [next, true];
    return settle;
  });
  return { next: value, isChanged, settles };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
