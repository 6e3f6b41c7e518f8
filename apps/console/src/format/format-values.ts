const whole = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const count = (value: number): string => (value >= 100_000 ? compact.format(value) : whole.format(value));

/** `1 page`, `3 pages`. */
export const counted = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

/** US dollars. Small sums keep two digits that count, so that a call of a hundredth of a cent is not shown as nothing. */
export function usd(value: number): string {
  if (value === 0) return '$0';
  const digits = value >= 1 ? 2 : Math.min(9, Math.max(2, 1 - Math.floor(Math.log10(value))));
  return `$${value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: digits })}`;
}

/** Milliseconds as the two largest units that say something. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1_000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago, or in how long. */
export function ago(moment: string, nowMs: number): string {
  const ms = nowMs - Date.parse(moment);
  if (Math.abs(ms) < 2_000) return 'now';
  const [largest = ''] = duration(Math.abs(ms)).split(/(?<=[a-z]) /);
  return ms > 0 ? `${largest} ago` : `in ${largest}`;
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

export function bytes(value: number): string {
  if (value < 1_000) return `${value} B`;
  return value < 1_000_000 ? `${Math.round(value / 1_000)} KB` : `${(value / 1_000_000).toFixed(1)} MB`;
}

export const clock = (moment: string): string =>
  new Date(moment).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const dayAndTime = (moment: string): string =>
  new Date(moment).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
