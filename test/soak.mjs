#!/usr/bin/env node
/**
 * `npm run soak -- [--minutes 5] [--seed 1] [--partitions]`: random faults under load, from a schedule that the seed decides,
 * and a table of what became of the jobs. Exits with 1 when one was lost, ended twice or is stuck. With `--partitions` NATS runs
 * on three made-up hosts (as root), whose cables are cut, in place of one server on a disk that is filled.
 * `npm run soak -- --overload [--minutes 60] [--json FILE]`: no faults, but twice as many jobs as can be done, for so long, and what
 * became of the jobs, of the calls that were paid and of the services' memory.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    partitions: { type: 'boolean', default: false },
    overload: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const { partitions, overload, json, ...numbers } = values;
for (const [name, value] of Object.entries(numbers)) {
  if (Number(value) > 0) continue;
  console.error(`--${name} is a number above 0, not "${value}".`);
  process.exit(64);
}
process.env.WAYBILL_SOAK_MINUTES = values.minutes;
process.env.WAYBILL_SOAK_SEED = values.seed;
process.env.WAYBILL_SOAK_PARTITIONS = String(partitions);
if (json) process.env.WAYBILL_SOAK_FIGURES = resolve(json);
process.argv.splice(2, Infinity, '--only', 'soak', overload ? 'test/soak/overload' : 'test/soak/soak');
await import('./run.mjs');
