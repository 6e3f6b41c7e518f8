import type { UsageView } from '@waybill/contracts';

export interface DayOfUsage {
  /** As 2026-05-04, UTC. */
  readonly day: string;
  readonly costUsd: number;
  readonly calls: number;
}

const dayMs = 86_400_000;

/** Every day of the span, the oldest first, also those on which nothing was booked. */
export function daysOf({ from, to, rows }: Pick<UsageView, 'from' | 'to' | 'rows'>): DayOfUsage[] {
  const byDay = new Map(rows.map((row) => [row.group.day, row]));
  const days: DayOfUsage[] = [];
  const last = to.slice(0, 10);
  for (let atMs = Date.parse(`${from.slice(0, 10)}T00:00:00Z`); ; atMs += dayMs) {
    const day = new Date(atMs).toISOString().slice(0, 10);
    if (day > last) return days;
    const row = byDay.get(day);
    days.push({ day, costUsd: row?.costUsd ?? 0, calls: row?.calls ?? 0 });
  }
}
