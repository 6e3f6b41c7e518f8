import { mkdir } from 'node:fs/promises';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';

/** Makes a data folder, for its owner only, unless it is there. @throws CliError `noPermission` */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CliError(
      exitCodes.noPermission,
      `The data folder ${folder} cannot be made (${(error as Error).message}); choose another with --data.`,
      { cause: error },
    );
  }
}
