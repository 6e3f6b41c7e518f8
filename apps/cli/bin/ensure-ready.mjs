#!/usr/bin/env node
/**
 * Makes a fresh clone usable with nothing but Node and npm: dependencies, build, servers. What is up to date is left
 * alone, which takes well under half a second. Plain JavaScript, because it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findMissingPackages } from './find-missing-packages.mjs';
import { holdLock } from './hold-lock.mjs';
import { buildInputs, consoleInputs, describeSources } from './source-digest.mjs';

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const stateFolder = join(projectFolder, '.waybill');
const lowestNode = [20, 19];

/** A refusal to go on: one sentence that says what to do. */
export class NotReadyError extends Error {}

/**
 * `level` says how much is needed: `dependencies`, `build` (and dependencies), `servers` (and all before).
 * Progress lines go to stderr. Throws NotReadyError.
 */
export async function ensureReady(level) {
  checkNode();
  if (findMissingPackages(projectFolder).length > 0) locked(() => installDependencies());
  if (level === 'dependencies') return;
  if (!isBuilt()) locked(() => isBuilt() || build());
  if (!isConsoleBuilt()) locked(() => isConsoleBuilt() || buildConsole());
  if (level === 'build') return;
  await installServers();
}

/** Runs an entry point of the project and turns a refusal into a sentence and an exit code. */
export async function refuseWithSentence(run) {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NotReadyError) && error?.name !== 'EmbeddedServerError') throw error;
    console.error(error.message);
    process.exit(1);
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [lowestMajor, lowestMinor] = lowestNode;
  if (major > lowestMajor || (major === lowestMajor && minor >= lowestMinor)) return;
  throw new NotReadyError(
    `Waybill needs Node ${lowestNode.join('.')} or newer and this is ${process.versions.node}; install a newer Node.`,
  );
}

function installDependencies() {
  if (findMissingPackages(projectFolder).length === 0) return;
  say('Installing dependencies (once; about a minute)');
  const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // On top of an existing folder only what differs is fetched. `npm ci` starts afresh, and refuses on registries that
  // lack packages of other platforms.
  const attempts = [['install', '--no-save', ...flags]];
  if (!existsSync(join(projectFolder, 'node_modules'))) attempts.unshift(['ci', ...flags]);
  let output = '';
  for (const args of attempts) {
    const done = run('npm', args);
    if (done.error?.code === 'ENOENT')
      throw new NotReadyError('npm is not on the PATH; install Node together with npm.');
    if (done.status === 0) return;
    output = done.output;
  }
  console.error(lastLines(output));
  throw new NotReadyError(
    'npm could not install the dependencies; check the network and the registry setting of npm, then try again.',
  );
}

const buildRecord = join(stateFolder, 'built.json');
const buildNeeds = () => describeSources(projectFolder, buildInputs);

function isBuilt() {
  try {
    return (
      existsSync(join(projectFolder, 'dist')) &&
      JSON.parse(readFileSync(buildRecord, 'utf8')).digest === buildNeeds().digest
    );
  } catch {
    return false;
  }
}

function build() {
  say('Building');
  const needs = buildNeeds();
  removeOutputOfVanishedSources(needs.files);
  const nest = join(projectFolder, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  // One program holds all apps and libraries: building one app builds them all.
  const done = run(process.execPath, [nest, 'build', 'cli']);
  if (done.status !== 0) {
    console.error(lastLines(done.output));
    throw new NotReadyError('The sources do not compile; correct what is listed above and try again.');
  }
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(buildRecord, JSON.stringify(needs));
}

const consoleRecord = join(stateFolder, 'console-built.json');

function isConsoleBuilt() {
  try {
    const { digest } = JSON.parse(readFileSync(consoleRecord, 'utf8'));
    const isThere = existsSync(join(projectFolder, 'dist', 'apps', 'console', 'index.html'));
    return isThere && digest === describeSources(projectFolder, consoleInputs).digest;
  } catch {
    return false;
  }
}

function buildConsole() {
  say('Building the console');
  const { digest } = describeSources(projectFolder, consoleInputs);
  const done = run(process.execPath, [join(projectFolder, 'apps', 'console', 'build.mjs')]);
  if (done.status !== 0) {
    console.error(lastLines(done.output));
    throw new NotReadyError('The console cannot be built; correct what is listed above and try again.');
  }
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(consoleRecord, JSON.stringify({ digest }));
}

function removeOutputOfVanishedSources(files) {
  let before;
  try {
    before = JSON.parse(readFileSync(buildRecord, 'utf8')).files;
  } catch {
    before = undefined;
  }
  const now = new Set(files);
  if (!Array.isArray(before) || before.some((file) => !now.has(file))) {
    rmSync(join(projectFolder, 'dist'), { recursive: true, force: true });
  }
}

async function installServers() {
  const library = join(projectFolder, 'dist', 'libs', 'embedded-servers', 'src', 'index.js');
  const { prepareServers } = await import(pathToFileURL(library).href);
  await prepareServers({ nats: !process.env.NATS_URL, postgres: !process.env.DATABASE_URL }, say);
}

function locked(work) {
  const release = holdLock(join(stateFolder, 'ready.lock'), () => say('Waiting for another process that prepares'));
  try {
    return work();
  } finally {
    release();
  }
}

function run(file, args) {
  const shell = process.platform === 'win32' && file === 'npm';
  const options = { cwd: projectFolder, shell, encoding: 'utf8', maxBuffer: 64_000_000, env: { ...process.env } };
  delete options.env.NODE_OPTIONS;
  const done = spawnSync(file, args, options);
  return { status: done.status, error: done.error, output: `${done.stdout ?? ''}${done.stderr ?? ''}` };
}

const say = (line) => console.error(`· ${line}`);
const lastLines = (text) => text.trimEnd().split('\n').slice(-60).join('\n');

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  await refuseWithSentence(() => ensureReady(process.argv[2] ?? 'servers'));
}
