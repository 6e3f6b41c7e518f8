#!/usr/bin/env node
/**
 * `npm run fuzz -- [--minutes 5] [--seed 1] [--only documents|messages|bodies]`: damaged documents, messages and bodies, made from
 * numbers that begin with the seed. A finding names its base and its number: the same number as `--seed` makes it again.
 * Exits with 1 when something died, hung, took too much memory, or was refused without a sentence.
 */
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const specs = { '': 'test/fuzz', documents: 'decoders.spec', messages: 'contracts.spec', bodies: 'bodies.spec' };
for (const name of ['minutes', 'seed']) {
  if (Number(values[name]) > 0) continue;
  console.error(`--${name} is a number above 0, not "${values[name]}".`);
  process.exit(64);
}
if (!Object.hasOwn(specs, values.only)) {
  console.error(`--only is documents, messages or bodies, not "${values.only}".`);
  process.exit(64);
}
process.env.WAYBILL_FUZZ_MINUTES = values.minutes;
process.env.WAYBILL_FUZZ_SEED = values.seed;
process.argv.splice(2, Infinity, '--only', 'fuzz', specs[values.only]);
await import('./run.mjs');
