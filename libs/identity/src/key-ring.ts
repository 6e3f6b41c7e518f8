import type { Clock } from '@waybill/jobs';
import { AccessRefusal } from './access-refusal.js';
import type { KeyRecord, KeyStore, KeyWatch } from './key-record.js';

export interface KeyRingTimes {
  /** How often everything is read although no change was heard of. */
  readonly rereadMs: number;
  /** Unknown keys make everything be read, at most so often for all of them together. */
  readonly missPauseMs: number;
  /** Keys that were read longer ago are not believed. */
  readonly trustMs: number;
  /** How often uses are written down. */
  readonly noteMs: number;
}

export const keyRingTimes: KeyRingTimes = {
  rereadMs: 30_000,
  missPauseMs: 250,
  trustMs: 3_600_000,
  noteMs: 60_000,
};

const pausedFor = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** All keys in memory: a request waits for the store only when its key is not known, or nothing was ever read. */
export class KeyRing {
  private keys = new Map<string, KeyRecord>();
  private readAtMs = Number.NEGATIVE_INFINITY;
  private askedAtMs = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;
  private changedWhileReading = false;
  private readingSoon: Promise<void> | undefined;
  private uses = new Map<string, Date>();
  private watch: KeyWatch | undefined;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly store: KeyStore,
    private readonly clock: Clock,
    private readonly warn: (error: unknown, sentence: string) => void,
    private readonly times: KeyRingTimes = keyRingTimes,
  ) {}

  /** Begins to read and to listen; does not wait for it, since the store may be away. */
  open(): void {
    this.watch = this.store.watch(() => void this.reread());
    const again = setInterval(() => void this.reread(), this.times.rereadMs);
    const note = setInterval(() => void this.noteUses(), this.times.noteMs);
    this.timers = [again.unref(), note.unref()];
    void this.reread();
  }

  /**
   * The key of this id. That there is none is said only after everything was read since it was asked for.
   * @throws AccessRefusal `unavailable` when the keys cannot be read, and were not for too long
   */
  async find(id: string): Promise<KeyRecord | undefined> {
    const known = this.keys.get(id);
    if (known && this.isFresh()) return known;
    await this.readSoon();
    if (!this.isFresh()) {
      throw new AccessRefusal('unavailable', 'API keys cannot be checked at this moment; ask again shortly.', 2_000);
    }
    return this.keys.get(id);
  }

  noteUse(id: string): void {
    this.uses.set(id, this.clock.now());
  }

  /** Writes down what is left to note. May be called twice. */
  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.watch?.close();
    await this.noteUses();
  }

  private isFresh(): boolean {
    return this.clock.now().getTime() - this.readAtMs < this.times.trustMs;
  }

  /** One reading for all who miss something meanwhile. */
  private readSoon(): Promise<void> {
    const pauseMs = this.askedAtMs + this.times.missPauseMs - this.clock.now().getTime();
    this.readingSoon ??= pausedFor(pauseMs).then(() => {
      this.readingSoon = undefined;
      return this.reread();
    });
    return this.readingSoon;
  }

  /** Reads everything once; a change that comes meanwhile makes it be read once more. Never rejects. */
  private reread(): Promise<void> {
    if (this.reading) this.changedWhileReading = true;
    this.reading ??= this.readUntilCurrent().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async readUntilCurrent(): Promise<void> {
    do {
      this.changedWhileReading = false;
      this.askedAtMs = this.clock.now().getTime();
      try {
        const records = await this.store.load();
        this.keys = new Map(records.map((record) => [record.id, record]));
        this.readAtMs = this.clock.now().getTime();
      } catch (error) {
        this.warn(error, 'The API keys could not be read; those known go on.');
        return;
      }
    } while (this.changedWhileReading);
  }

  private async noteUses(): Promise<void> {
    if (this.uses.size === 0) return;
    const uses = this.uses;
    this.uses = new Map();
    await this.store.noteUses(uses).catch((error: unknown) => {
      this.warn(error, 'When API keys were last used could not be written down.');
    });
  }
}
