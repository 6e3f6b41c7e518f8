import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Where server binaries are installed: `WAYBILL_SERVERS_DIR`, or `.waybill/servers` in the project's folder (the nearest
 * folder above this file, built or not, that has `nest-cli.json` or `node_modules`; else the working directory).
 */
export function serversFolder(): string {
  const chosen = process.env['WAYBILL_SERVERS_DIR'];
  if (chosen) return resolve(chosen);
  return join(projectFolder(import.meta.dirname) ?? process.cwd(), '.waybill', 'servers');
}

function projectFolder(from: string): string | undefined {
  if (existsSync(join(from, 'nest-cli.json')) || existsSync(join(from, 'node_modules'))) return from;
  const above = dirname(from);
  return above === from ? undefined : projectFolder(above);
}
