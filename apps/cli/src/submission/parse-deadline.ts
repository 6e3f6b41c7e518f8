import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * A deadline as a length of time from now (`90s`, `10m`, `2h`, `1d`) or as a moment (ISO 8601 with its zone), as the
 * moment that a submission carries.
 * @throws CliError `usage` for anything else, and for a moment that has passed
 */
export function parseDeadline(text: string, now: Date): string {
  const length = /^(\d{1,6})([smhd])$/.exec(text.trim());
  const moment = length
    ? now.getTime() + Number(length[1]) * unitMs[length[2] as keyof typeof unitMs]
    : /T.*(Z|[+-]\d\d:?\d\d)$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isNaN(moment)) {
    throw new CliError(
      exitCodes.usage,
      `--deadline ${text} is not a time; write a length such as 90s, 10m, 2h or 1d, or a moment such as 2030-01-31T12:00:00Z.`,
    );
  }
  if (moment <= now.getTime()) {
    throw new CliError(exitCodes.usage, `--deadline ${text} has passed already; give one that lies ahead.`);
  }
  return new Date(moment).toISOString();
}
