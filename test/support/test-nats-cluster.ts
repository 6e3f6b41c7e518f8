import { startNatsCluster, type NatsCluster } from '@waybill/embedded-servers';
import { temporaryFolder } from './temporary-folder.js';

/** Three nats-servers that keep streams together, empty at first. `stop` also removes their data. */
export async function startTestNatsCluster(): Promise<NatsCluster> {
  const folder = await temporaryFolder('nats-cluster');
  try {
    const cluster = await startNatsCluster({ dataDir: folder.path });
    return { ...cluster, stop: () => cluster.stop().then(() => folder.remove()) };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
