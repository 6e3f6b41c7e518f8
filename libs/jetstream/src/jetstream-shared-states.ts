import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import type { NatsConnection } from '@nats-io/transport-node';
import { buckets } from '@waybill/contracts';
import type { SharedStates, StateChange } from '@waybill/identity';
import { StageError } from '@waybill/jobs';
import { SharedCell } from './shared-cell.js';

const answerWithinMs = 5_000;
const retryAfterMs = 5_000;
const keptCells = 10_000;

/** Keys may hold letters, digits and few signs; everything else is written as `=` and its hexadecimal digits. */
const unsafe = /[^-_./a-zA-Z0-9]/gu;
const keyOf = (name: string): string => name.replace(unsafe, (sign) => `=${sign.codePointAt(0)?.toString(16)}=`);

/** States that all processes share, in a bucket of NATS: exact, because each write names the revision it was made from. */
export class JetstreamSharedStates implements SharedStates {
  private readonly cells = new Map<string, SharedCell>();
  private opening: Promise<KV> | undefined;

  constructor(
    private readonly connection: NatsConnection,
    private readonly timeoutMs = answerWithinMs,
  ) {}

  async change<State, Result>(
    key: string,
    parse: (stored: unknown) => State | undefined,
    change: StateChange<State, Result>,
  ): Promise<Result> {
    try {
      const cell = this.cell(await this.open(), keyOf(key));
      return await new Promise<Result>((resolve, fail) => {
        const step = (stored: unknown) => {
          const before = parse(stored);
          const { state, result } = change(before);
          return { ...(state === before ? {} : { next: state }), settle: () => resolve(result) };
        };
        cell.add({ change: step, fail });
      });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const sentence = `What processes share about limits cannot be asked for now (${reason}).`;
      throw new StageError('unavailable', sentence, { retryable: true, retryAfterMs, cause });
    }
  }

  /** Any replica may answer a direct read; what is compared and set has to come from the leader. */
  private async open(): Promise<KV> {
    const client = jetstream(this.connection, { timeout: this.timeoutMs });
    this.opening ??= new Kvm(client).open(buckets.fairUse.name, { allow_direct: false });
    try {
      return await this.opening;
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }

  private cell(bucket: KV, key: string): SharedCell {
    const known = this.cells.get(key);
    if (known) return known;
    const cell = new SharedCell(bucket, key, this.timeoutMs);
    this.cells.set(key, cell);
    const [oldest] = this.cells;
    if (this.cells.size > keptCells && oldest?.[1].isIdle === true) this.cells.delete(oldest[0]);
    return cell;
  }
}
