/** What became of the jobs that were submitted from one fault to the next. */
export interface SoakRow {
  readonly fault: string;
  timesTried: number;
  jobs: number;
  lost: number;
  doubled: number;
  stuck: number;
}

const columns = ['timesTried', 'jobs', 'lost', 'doubled', 'stuck'] as const;

/** The rows by fault, with their sums, as text. */
export function soakTable(rows: readonly SoakRow[]): string {
  const sums = columns.map((column) => rows.reduce((sum, row) => sum + row[column], 0));
  const lines = [
    ['fault', 'times tried', 'jobs', 'lost', 'doubled', 'stuck'],
    ...rows.map((row) => [row.fault, ...columns.map((column) => String(row[column]))]),
    ['all', ...sums.map(String)],
  ];
  return lines
    .map(([name = '', ...values]) => name.padEnd(32) + values.map((value) => value.padStart(12)).join(''))
    .join('\n');
}
