import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** `WAYBILL_CHROMIUM`, else the first browser on the PATH that Playwright can drive; undefined where there is none. */
export async function findChromium(): Promise<string | undefined> {
  const { WAYBILL_CHROMIUM: named, PATH = '' } = process.env;
  if (named) return named;
  for (const folder of PATH.split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (
        await access(path, constants.X_OK).then(
          () => true,
          () => false,
        )
      ) {
        return path;
      }
    }
  }
  return undefined;
}

/** No window, no talk of its own with the outside, no sandbox inside a container's root. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
