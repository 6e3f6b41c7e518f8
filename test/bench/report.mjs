/** What all benchmarks share in telling: options, percentiles, the machine, and a table for people. */
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';

/**
 * Command-line options: the ones that every benchmark takes, and `more` of its own.
 * @param {Record<string, { type: 'string' | 'boolean', default?: string | boolean }>} more
 */
export function readOptions(more = {}) {
  const options = { data: { type: 'string' }, json: { type: 'string' }, out: { type: 'string' }, ...more };
  return parseArgs({ options }).values;
}

/** The value below which `share` (0..1) of the numbers lie; NaN for none. */
export function percentile(numbers, share) {
  if (numbers.length === 0) return Number.NaN;
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

export const median = (numbers) => percentile(numbers, 0.5);

/** What was measured on, without a name that would tell whose machine it is. */
export const machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGib: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
});

export function printTable(head, rows) {
  const table = new Table({ head, style: { head: [], border: [] } });
  for (const row of rows) table.push(row.map(String));
  console.log(table.toString());
}

/** Keeps the raw figures, with the date and the machine, where `--json` says. */
export async function keepFigures(file, name, figures) {
  if (file === undefined) return;
  const kept = { bench: name, at: new Date().toISOString(), machine: machine(), ...figures };
  await writeFile(file, `${JSON.stringify(kept, null, 2)}\n`);
}
