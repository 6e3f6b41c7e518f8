import { InvalidArgumentError } from 'commander';

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** A moment: `2026-11-01` (midnight of UTC), ISO 8601, or so long ago: `90m`, `24h`, `7d`, `4w`. */
export function parseSince(text: string, _previous?: unknown, now: Date = new Date()): Date {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhdw])$/.exec(text) ?? [];
  if (count !== '') return new Date(now.getTime() - Number(count) * (unitsMs[unit] ?? 0));
  const moment = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError('Give a day such as 2026-11-01, a moment, or a time ago such as 24h or 7d.');
  return moment;
}
