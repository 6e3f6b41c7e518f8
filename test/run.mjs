#!/usr/bin/env node
/**
 * `npm test`: prepares what is missing, runs the jest projects one after the other, and proves that nothing is left
 * behind. `npm test -- [--only unit,integration] [jest arguments]`; the last line sums up all projects.
 */
import { ensureReady, projectFolder, refuseWithSentence } from '../apps/cli/bin/ensure-ready.mjs';
import { followNpm } from '../apps/cli/bin/follow-npm.mjs';
import { findLeftovers } from './run/find-leftovers.mjs';
import { openRunFolder } from './run/run-folder.mjs';
import { runJest } from './run/run-jest.mjs';

/**
 * Quick ones first. Projects whose tests each start several processes run one file at a time. The limit ends what
 * jest's own timeouts cannot: a loop that never comes back.
 */
const projects = [
  { name: 'unit', workers: 2, limitMinutes: 20 },
  { name: 'integration', workers: 2, limitMinutes: 40 },
  { name: 'fuzz', workers: 1, limitMinutes: 30 + Number(process.env.WAYBILL_FUZZ_MINUTES ?? 0) },
  { name: 'e2e', workers: 1, limitMinutes: 40 },
  { name: 'faults', workers: 1, limitMinutes: 60 },
  { name: 'soak', workers: 1, limitMinutes: 20 + 1.25 * Number(process.env.WAYBILL_SOAK_MINUTES ?? 0), byHand: true },
];

followNpm();
const { chosen, jestArguments } = readArguments(process.argv.slice(2));
await refuseWithSentence(() => ensureReady('servers'));

const sum = { passed: 0, failed: 0, skipped: 0 };
const folder = await openRunFolder();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop.abort());

try {
  for (const project of chosen) {
    if (stop.signal.aborted) break;
    console.log(`\n== ${project.name}`);
    const counts = await runJest(project, { projectFolder, folder, jestArguments, signal: stop.signal });
    const leftovers = await findLeftovers(folder);
    for (const leftover of leftovers) console.error(`Left behind by ${project.name}: ${leftover}`);
    sum.passed += counts.passed;
    sum.failed += counts.failed + leftovers.length;
    sum.skipped += counts.skipped;
  }
} finally {
  await folder.remove();
}
const nothingRan = sum.passed + sum.failed + sum.skipped === 0;
if (nothingRan) console.error('No test matched; name a path under apps, libs or test, or run without arguments.');
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = stop.signal.aborted ? 130 : sum.failed > 0 || nothingRan ? 1 : 0;

function readArguments(given) {
  const at = given.findIndex((argument) => argument === '--only' || argument === '--selectProjects');
  if (at < 0) return { chosen: projects.filter(({ byHand }) => !byHand), jestArguments: given };
  const names = (given[at + 1] ?? '').split(',');
  const unknown = names.find((name) => !projects.some((project) => project.name === name));
  if (unknown !== undefined) {
    console.error(`There is no test project "${unknown}"; use ${projects.map((project) => project.name).join(', ')}.`);
    process.exit(64);
  }
  return {
    chosen: projects.filter((project) => names.includes(project.name)),
    jestArguments: given.filter((_, index) => index !== at && index !== at + 1),
  };
}
