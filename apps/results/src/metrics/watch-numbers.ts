import type { Clock, LaneGauge, LaneReading, OperatorNumbers } from '@waybill/jobs';
import type { Measurement, Meter } from '@waybill/telemetry';

/** Tenants stand in labels here and nowhere else, so their number has an end. */
const mostBudgets = 100;

const ofQueues = [
  'waybill_consumer_lag',
  'waybill_consumer_under_way',
  'waybill_consumer_oldest_seconds',
  'waybill_dead_letters',
] as const;
const ofDatabase = ['waybill_jobs', 'waybill_budget_used_ratio', 'waybill_spent_today_usd'] as const;

/** Has the queues and the database asked at every scrape: two sources, because either may be away. */
export function watchNumbers(
  meter: Meter,
  { gauge, numbers }: { readonly gauge: LaneGauge; readonly numbers: OperatorNumbers },
  clock: Clock,
): void {
  meter.atScrape('queues', ofQueues, async () => {
    const [lanes, deadLetters] = await Promise.all([gauge.lanes(), gauge.allDeadLetters()]);
    const now = clock.now();
    return [
      ...lanes.flatMap((lane) => measureLane(lane, now)),
      { metric: 'waybill_dead_letters', labels: {}, value: deadLetters },
    ];
  });
  meter.atScrape('database', ofDatabase, () => readNumbers(numbers, clock.now()));
}

function measureLane({ consumer, waiting, underWay, oldestAt }: LaneReading, now: Date): Measurement[] {
  const labels = { consumer };
  const oldest = oldestAt ? Math.max(0, now.getTime() - oldestAt.getTime()) / 1_000 : 0;
  return [
    { metric: 'waybill_consumer_lag', labels, value: waiting + underWay },
    { metric: 'waybill_consumer_under_way', labels, value: underWay },
    { metric: 'waybill_consumer_oldest_seconds', labels, value: oldest },
  ];
}

async function readNumbers(numbers: OperatorNumbers, now: Date): Promise<Measurement[]> {
  const [open, budgets, spentUsd] = await Promise.all([
    numbers.openJobs(now),
    numbers.budgetUses(now, mostBudgets),
    numbers.spentToday(now),
  ]);
  return [
    ...Object.entries(open).map(([state, value]): Measurement => ({
      metric: 'waybill_jobs',
      labels: { state },
      value,
    })),
    ...budgets.map(({ usedRatio, ...labels }): Measurement => ({
      metric: 'waybill_budget_used_ratio',
      labels,
      value: usedRatio,
    })),
    { metric: 'waybill_spent_today_usd', labels: {}, value: spentUsd },
  ];
}
