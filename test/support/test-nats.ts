import { startNatsServer, type NatsServer } from '@waybill/embedded-servers';
import { disposableServer } from './disposable-server.js';

/** A nats-server with JetStream for one test file, empty at first. `stop` also removes its data. */
export async function startTestNats(): Promise<NatsServer> {
  return await disposableServer('nats', (dataDir) => startNatsServer({ dataDir }));
}
