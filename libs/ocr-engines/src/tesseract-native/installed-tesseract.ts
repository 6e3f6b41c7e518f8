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
