#!/usr/bin/env node
/**
 * `npm run fuzz -- [--minutes 5] [--seed 1] [--only documents|messages|bodies|properties]`: damaged documents, messages and bodies, made
 * from numbers that begin with the seed. A finding names its base and its number: the same number as `--seed` makes it
 * again. `properties` draws what the unit tests' properties are tried on from that seed, once.
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
const targets = {
  '': ['fuzz', 'test/fuzz'],
  documents: ['fuzz', 'decoders.spec'],
  messages: ['fuzz', 'contracts.spec'],
  bodies: ['fuzz', 'bodies.spec'],
  properties: ['unit'],
};
for (const name of ['minutes', 'seed']) {
  if (Number(values[name]) > 0) continue;
  console.error(`--${name} is a number above 0, not "${values[name]}".`);
  process.exit(64);
}
if (!Object.hasOwn(targets, values.only)) {
  console.error(`--only is documents, messages, bodies or properties, not "${values.only}".`);
  process.exit(64);
}
process.env.WAYBILL_FUZZ_MINUTES = values.minutes;
process.env.WAYBILL_FUZZ_SEED = values.seed;
process.env.WAYBILL_PROPERTY_SEED = values.seed;
process.argv.splice(2, Infinity, '--only', ...targets[values.only]);
await import('./run.mjs');
