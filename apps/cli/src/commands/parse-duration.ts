import { InvalidArgumentError } from 'commander';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Parses an option's value such as `90s`, `10m`, `24h` or `90d` to milliseconds. */
export function parseDuration(text: string): number {
  const length = /^(\d{1,6})([smhd])$/.exec(text.trim());
  if (length) return Number(length[1]) * unitMs[length[2] as keyof typeof unitMs];
  throw new InvalidArgumentError('Write a length of time such as 90s, 10m, 24h or 90d.');
}
