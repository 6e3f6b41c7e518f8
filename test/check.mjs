#!/usr/bin/env node
/** `npm run check`: format, lint, types, dependency rules, dead code, file sizes, links of the documentation. Fetches what is missing first. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureReady, projectFolder, refuseWithSentence } from '../apps/cli/bin/ensure-ready.mjs';
import { checkFileSizes } from './check/check-file-sizes.mjs';
import { checkLinks } from './check/check-links.mjs';

const tool = (...parts) => [process.execPath, join(projectFolder, 'node_modules', ...parts)];

/** Two lanes side by side; the linter alone takes as long as all others. */
const lanes = [
  [
    {
      name: 'lint',
      command: [...tool('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'],
      advice: 'Correct what is listed; "npx eslint . --fix" does part of it.',
    },
  ],
  [
    {
      name: 'format',
      command: [...tool('prettier', 'bin', 'prettier.cjs'), '--check', '.', '--log-level=warn'],
      advice: 'Run "npx prettier --write ." and commit the result.',
    },
    {
      name: 'types',
      command: [...tool('typescript', 'bin', 'tsc'), '--noEmit'],
      advice: 'Correct the types; "npx tsc --noEmit" shows them again.',
    },
    {
      name: 'types of the console',
      command: [...tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', 'apps/console'],
      advice: 'Correct the types; "npx tsc --noEmit -p apps/console" shows them again.',
    },
    {
      name: 'dependency rules',
      command: [...tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), 'apps', 'libs', 'test'],
      advice: 'Move the import or the code; .dependency-cruiser.cjs says why each rule is there.',
    },
    {
      name: 'dead code',
      command: [...tool('knip', 'bin', 'knip.js'), '--no-progress'],
      advice: 'Remove what nothing uses, or export it no longer.',
    },
    {
      name: 'file sizes',
      run: () => checkFileSizes(projectFolder),
      advice: 'Divide the file along what it does; 400 lines is the most.',
    },
    {
      name: 'links',
      run: () => checkLinks(projectFolder),
      advice: 'Correct the links, and list every page in docs/README.md.',
    },
  ],
];

await refuseWithSentence(() => ensureReady('dependencies'));
const results = (await Promise.all(lanes.map(runLane))).flat();
const failed = results.filter((result) => !result.passed);
console.log(`\n${results.length - failed.length} of ${results.length} checks passed`);
for (const { name, advice } of failed) console.log(`${name}: ${advice}`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function runLane(steps) {
  const done = [];
  for (const step of steps) {
    const startMs = performance.now();
    const { passed, output } = step.run ? await step.run() : await runCommand(step.command);
    const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s)`);
    if (output.trim() && (!passed || step.run)) console.log(output.trimEnd());
    done.push({ name: step.name, advice: step.advice, passed });
  }
  return done;
}

async function runCommand([file, ...args]) {
  const child = spawn(file, args, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { passed: code === 0, output };
}
