import { consumers, streams, type LaneView, type OverviewView, type Tenant } from '@waybill/contracts';
import type { Clock, JobStatistics, LaneGauge, LaneReading } from '@waybill/jobs';
import { unlessUnavailable } from '../jobs/find-job.js';

const contracts = new Map(Object.values(consumers).map((contract) => [contract.name, contract]));

/** Puts the queues and the jobs side by side: what is going on at this moment. */
export class ReadOverview {
  constructor(
    private readonly gauge: LaneGauge,
    private readonly statistics: JobStatistics,
    private readonly clock: Clock,
  ) {}

  /** Without the jobs while Postgres is away. @throws StageError `unavailable` when the queues cannot be asked */
  async read(tenant: Tenant): Promise<OverviewView> {
    const now = this.clock.now();
    const [lanes, deadLetters, jobs] = await Promise.all([
      this.gauge.lanes(),
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
