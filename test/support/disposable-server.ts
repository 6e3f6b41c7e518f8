import type { EmbeddedServer } from '@waybill/embedded-servers';
import { temporaryFolder } from './temporary-folder.js';

/** Starts a server in a temporary folder, and lets its `stop` remove the folder too. */
export async function disposableServer<Server extends EmbeddedServer>(
  purpose: string,
  start: (dataDir: string) => Promise<Server>,
): Promise<Server> {
  const folder = await temporaryFolder(purpose);
  try {
    const server = await start(folder.path);
    const stopServer = server.stop;
    return Object.assign(server, { stop: () => stopServer().then(() => folder.remove()) });
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
