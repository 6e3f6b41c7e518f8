import type { JetStreamManager } from '@nats-io/jetstream';
import { streams, type StreamContract } from '@waybill/contracts';
import type { RoomGauge } from '@waybill/jobs';
import { reading } from './reading.js';

/** Every submission looks; the server is asked at most so often. */
const freshForMs = 1_000;
/** The rest of a stream's bounds is for jobs that have been accepted. */
const shareForNewJobs = 0.9;
/** What a new job fills. */
const filled: readonly StreamContract[] = [streams.events, streams.pages, streams.reasoning];

/** Compares what the streams hold with the bounds that the operator has set. */
export class JetstreamRoomGauge implements RoomGauge {
  private asked: { readonly atMs: number; readonly full: Promise<string | undefined> } | undefined;

  constructor(private readonly manager: JetStreamManager) {}

  fullQueue(): Promise<string | undefined> {
    const nowMs = performance.now();
    if (!this.asked || nowMs - this.asked.atMs > freshForMs) this.asked = { atMs: nowMs, full: this.ask() };
    return this.asked.full;
  }

  private async ask(): Promise<string | undefined> {
    const states = await Promise.all(filled.map(async ({ name }) => ({ name, isFull: await this.isFull(name) })));
    return states.find(({ isFull }) => isFull)?.name;
  }

  private async isFull(name: string): Promise<boolean> {
    const { state, config } = await reading(`the room in ${name}`, () => this.manager.streams.info(name));
    return reaches(state.messages, config.max_msgs) || reaches(state.bytes, config.max_bytes);
  }
}

/** A stream without a bound has -1. */
const reaches = (held: number, bound: number): boolean => bound > 0 && held >= bound * shareForNewJobs;
