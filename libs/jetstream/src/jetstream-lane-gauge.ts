import type { ConsumerInfo, JetStreamManager } from '@nats-io/jetstream';
import {
  consumers,
  deadLetterSubject,
  filterSubjectsOf,
  streams,
  type ConsumerContract,
  type Tenant,
} from '@waybill/contracts';
import type { LaneGauge, LaneReading } from '@waybill/jobs';
import { LRUCache } from 'lru-cache';
import { reading } from './reading.js';

/** Many look at once; the server is asked at most so often. */
const freshForMs = 1_000;

/** Reads the lag of every consumer off the server. */
export class JetstreamLaneGauge implements LaneGauge {
  private asked: { readonly atMs: number; readonly lanes: Promise<LaneReading[]> } | undefined;

  private readonly askedFor = new LRUCache<Tenant, Promise<LaneReading[]>>({ max: 1_000, ttl: freshForMs });

  constructor(private readonly manager: JetStreamManager) {}

  lanes(): Promise<LaneReading[]> {
    const nowMs = performance.now();
    if (!this.asked || nowMs - this.asked.atMs > freshForMs) {
      const lanes = Promise.all(Object.values(consumers).map((contract) => this.lane(contract)));
      this.asked = { atMs: nowMs, lanes };
    }
    return this.asked.lanes;
  }

  lanesOf(tenant: Tenant): Promise<LaneReading[]> {
    const asked = this.askedFor.get(tenant);
    if (asked) return asked;
    const queues = Object.values<ConsumerContract>(consumers).filter(
      ({ stream }) => streams[stream].retention === 'workqueue',
    );
    const lanes = Promise.all(queues.map((contract) => this.laneOf(contract, tenant)));
    this.askedFor.set(tenant, lanes);
    return lanes;
  }

  async deadLetters(tenant: Tenant): Promise<number> {
    const { name } = streams.deadLetters;
    const wanted = { subjects_filter: deadLetterSubject(tenant, '*') };
    const info = await reading('the dead letters', () => this.manager.streams.info(name, wanted));
    return Object.values(info.state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
  }

  async allDeadLetters(): Promise<number> {
    const info = await reading('the dead letters', () => this.manager.streams.info(streams.deadLetters.name));
    return info.state.messages;
  }

  private async laneOf(contract: ConsumerContract, tenant: Tenant): Promise<LaneReading> {
    const { name, stream } = contract;
    const subjects = filterSubjectsOf(contract).map((subject) =>
      subject.replace(/^waybill\.\*\./, `waybill.${tenant}.`),
    );
    const ask = (filter: string) => () => this.manager.streams.info(streams[stream].name, { subjects_filter: filter });
    const infos = await Promise.all(subjects.map((filter) => reading(`the lag of ${name}`, ask(filter))));
    const counts = infos.flatMap(({ state }) => Object.values(state.subjects ?? {}));
    return { consumer: name, waiting: counts.reduce((sum, count) => sum + count, 0), underWay: 0 };
  }

  private async lane(contract: ConsumerContract): Promise<LaneReading> {
    const { name, stream } = contract;
    const ofStream = streams[stream].name;
    const info = await reading(`the lag of ${name}`, () => this.manager.consumers.info(ofStream, name));
    const lane = { consumer: name, waiting: info.num_pending, underWay: info.num_ack_pending };
    if (lane.waiting + lane.underWay === 0) return lane;
    const subjects = filterSubjectsOf(contract);
    const firsts = await Promise.all(subjects.map((subject) => this.oldest(ofStream, subject, info)));
    const [oldestAt] = firsts.flatMap((at) => at ?? []).sort((a, b) => a.getTime() - b.getTime());
    return oldestAt ? { ...lane, oldestAt } : lane;
  }

  /** The first message behind the last one up to which all are settled. It may be gone by the time it is read. */
  private async oldest(stream: string, subject: string, { ack_floor: floor }: ConsumerInfo): Promise<Date | undefined> {
    const query = { next_by_subj: subject, seq: floor.stream_seq + 1 };
    const message = await reading(`the oldest message of ${stream}`, () =>
      this.manager.direct.getMessage(stream, query),
    );
    return message ? message.time : undefined;
  }
}
