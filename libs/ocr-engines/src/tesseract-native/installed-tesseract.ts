import { spawnSync } from 'node:child_process';

/** The first release whose neural engine and table of words are what is relied on here. */
const oldestMajor = 4;

/** Version of the `tesseract` command on the PATH; undefined when there is none, or none that is new enough. */
export function installedTesseract(command = 'tesseract'): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  if (status !== 0) return undefined;
  const version = /^tesseract v?(\d+[\w.-]*)/m.exec(`${stdout}\n${stderr}`)?.[1];
  return version !== undefined && Number.parseInt(version, 10) >= oldestMajor ? version : undefined;
}

/** The first release known to take the names of pictures one by one from its standard input. */
const oldestStandingMajor = 5;

/** Whether a process of this release can stay for more than one picture here: `stdbuf` makes it answer at once. */
export const staysForMore = (version: string, command = 'stdbuf'): boolean =>
  Number.parseInt(version, 10) >= oldestStandingMajor &&
  spawnSync(command, ['--version'], { stdio: 'ignore', timeout: 10_000 }).status === 0;
