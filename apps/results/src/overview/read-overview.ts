import { consumers, streams, type LaneView, type OverviewView } from '@waybill/contracts';
import type { Clock, JobStatistics, LaneGauge, LaneReading } from '@waybill/jobs';
import type { RequestCaller } from '@waybill/platform';
import { unlessUnavailable } from '../jobs/find-job.js';

const contracts = new Map(Object.values(consumers).map((contract) => [contract.name, contract]));

/** Puts the queues and the jobs side by side: what is going on at this moment. */
export class ReadOverview {
  constructor(
    private readonly gauge: LaneGauge,
    private readonly statistics: JobStatistics,
    private readonly clock: Clock,
  ) {}

  /** The load of all tenants for those who operate the stack, of the tenant for others; without the jobs while Postgres is away. @throws StageError `unavailable` when the queues cannot be asked */
  async read({ tenant, isOperator }: Pick<RequestCaller, 'tenant' | 'isOperator'>): Promise<OverviewView> {
    const now = this.clock.now();
    const [lanes, deadLetters, jobs] = await Promise.all([
      isOperator ? this.gauge.lanes() : this.gauge.lanesOf(tenant),
      this.gauge.deadLetters(tenant),
      unlessUnavailable(() => this.statistics.activity(tenant, now)),
    ]);
    return {
      at: now.toISOString(),
      lanes: lanes.flatMap((lane) => laneView(lane, now)),
      deadLetters,
      ...(jobs ? { jobs } : {}),
    };
  }
}

function laneView({ consumer, waiting, underWay, oldestAt }: LaneReading, now: Date): LaneView[] {
  const contract = contracts.get(consumer);
  if (!contract) return [];
  const { service, stream, description } = contract;
  const oldestMs = oldestAt ? Math.max(0, now.getTime() - oldestAt.getTime()) : null;
  return [{ name: consumer, service, stream: streams[stream].name, description, waiting, underWay, oldestMs }];
}
