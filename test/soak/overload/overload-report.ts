import type { DoorCounts } from './overload-clients.js';
import type { MemoryWatch } from './memory-watch.js';

/** What an overload run was, for its table and its file of figures. */
export interface OverloadFigures {
  readonly minutes: number;
  readonly capacityPerS: number;
  readonly wantedPerS: number;
  readonly doors: Readonly<Record<'rest' | 'nats', DoorCounts>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly doubled: number;
  /** Why. */
  readonly deadLetters: readonly string[];
  readonly callsAnswered: number;
  readonly callsBilled: number;
  /** Jobs that have not exactly one call in the ledger. */
  readonly jobsBilledWrongly: number;
  readonly callsOpen: number;
  readonly unexpected: readonly string[];
  readonly unanswered: number;
}

/** More than this in the last quarter is growth, and not chance. */
export const flatWithin = 0.1;

const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MiB`;
const columns = (cells: readonly string[]): string =>
  cells.map((cell, column) => (column === 0 ? cell.padEnd(14) : cell.padStart(16))).join('');

/** The whole run as text. */
export function overloadTable(figures: OverloadFigures, watch: MemoryWatch, services: readonly string[]): string {
  const { doors, ends } = figures;
  return [
    `${figures.minutes} minutes, capacity ${figures.capacityPerS.toFixed(2)} jobs/s, wanted ${figures.wantedPerS.toFixed(2)} jobs/s`,
    columns(['door', 'wanted', 'accepted', 'refusals', 'turned away']),
    ...(['rest', 'nats'] as const).map((door) =>
      columns([door, ...Object.values(doors[door]).map((each: number) => String(each))]),
    ),
    `ended: ${Object.entries(ends)
      .map(([status, count]) => `${count} ${status}`)
      .join(', ')}; lost ${figures.lost}, doubled ${figures.doubled}, dead letters ${figures.deadLetters.length}`,
    `calls: ${figures.callsAnswered} answered, ${figures.callsBilled} billed, ${figures.callsOpen} open, ${figures.jobsBilledWrongly} jobs billed wrongly`,
    `requests without an answer: ${figures.unanswered}`,
    columns([
      'memory',
      'resident, 2nd',
      'last quarter',
      'growth',
      'live heap, 2nd',
      'last quarter',
      'growth',
      'verdict',
    ]),
    ...[...watch.samples.keys()].map((name) => columns([name, ...memoryCells(watch, name, services.includes(name))])),
  ].join('\n');
}

/** True when neither what is resident nor the live heap has grown from the second quarter to the last. */
export function isFlat(watch: MemoryWatch, name: string): boolean {
  const measures = ['residentBytes', 'liveHeapBytes'] as const;
  return measures.every((measure) => (watch.flatness(name, measure)?.growth ?? 0) <= flatWithin);
}

function memoryCells(watch: MemoryWatch, name: string, isService: boolean): string[] {
  const cells = (['residentBytes', 'liveHeapBytes'] as const).flatMap((measure) => {
    const flatness = watch.flatness(name, measure);
    if (!flatness) return ['', '', ''];
    const { secondQuarterBytes, lastQuarterBytes, growth } = flatness;
    return [mebibytes(secondQuarterBytes), mebibytes(lastQuarterBytes), `${(100 * growth).toFixed(1)} %`];
  });
  // Servers keep an index of the jobs that are remembered, which grows with them.
  return [...cells, isService ? (isFlat(watch, name) ? 'flat' : 'grows') : 'server'];
}
