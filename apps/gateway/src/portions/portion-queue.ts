/** So many do not wait for more: larger portions hold up the calls of their moment, and live long enough to count as old. */
const enough = 32;
/** What has waited while another portion was written. */
const mostAtOnce = 256;
/** How long one waits for company. */
const gatherMs = 75;

export interface PortionTerms<Entry, Line> {
  /** What waits is small: made of an entry when its portion is due, and not while answers of its moment go out. */
  readonly made: (entry: Entry) => Line;
  readonly write: (lines: readonly Line[]) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
  readonly retryMs: number;
}

/**
 * What chats leave behind on its way to a book: gathered until there is company enough or time is up, written in portions,
 * again and again until it is written. One portion is under way at a time.
 */
export class PortionQueue<Entry, Line> {
  private fresh: Entry[] = [];
  private waiting: Line[] = [];
  private underWay = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private isTroubled = false;

  constructor(private readonly terms: PortionTerms<Entry, Line>) {}

  /** What is not written yet. */
  get length(): number {
    return this.fresh.length + this.waiting.length + this.underWay;
  }

  /** Takes a moment, and waits for nothing. */
  add(entry: Entry): void {
    this.fresh.push(entry);
    if (this.fresh.length === enough) setImmediate(() => this.goOn());
    else this.soon(gatherMs);
  }

  /** Writes what is there now. @throws what writing threw; what could not be written stays, and is tried again */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.make();
    while (this.writing) await this.writing.catch(() => undefined);
    this.writing = this.write().finally(() => (this.writing = undefined));
    await this.writing;
  }

  /** Leaves the oldest out until there are no more than `most` before those that are being written. @returns how many */
  keepNewest(most: number): number {
    this.make();
    const count = Math.max(0, this.waiting.length - most);
    if (count > 0) this.waiting = this.waiting.slice(count);
    return count;
  }

  /** Tries nothing again by itself. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private goOn(): void {
    // Whoever is writing, or about to try again, takes these along.
    if (this.writing || this.isTroubled) this.make();
    else this.flushLater();
  }

  private soon(inMs: number): void {
    this.timer ??= setTimeout(() => this.flushLater(), inMs);
  }

  private flushLater(): void {
    // Trouble was told, and it is tried again.
    this.flush().catch(() => undefined);
  }

  private make(): void {
    const { made } = this.terms;
    for (const entry of this.fresh) this.waiting.push(made(entry));
    this.fresh = [];
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const portion = this.waiting.slice(0, mostAtOnce);
      this.waiting = this.waiting.slice(portion.length);
      this.underWay = portion.length;
      try {
        await this.terms.write(portion);
        this.isTroubled = false;
      } catch (error) {
        this.waiting = [...portion, ...this.waiting];
        this.isTroubled = true;
        this.terms.onTrouble(error);
        this.soon(this.terms.retryMs);
        throw error;
      } finally {
        this.underWay = 0;
      }
    }
  }
}
