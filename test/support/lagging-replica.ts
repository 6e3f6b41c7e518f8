import { jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { patient } from './patient.js';

/**
 * From here on every direct get of the stream is answered as by a replica that has heard of nothing: the stream's own server
 * does not answer them any more, and this answers in the server's words.
 */
export async function leaveToLaggingReplica(connection: NatsConnection, stream: string): Promise<void> {
  const manager = await jetstreamManager(connection, patient);
  const nothing = headers(404, 'Message Not Found');
  const direct = `$JS.API.DIRECT.GET.${stream}`;
  for (const subject of [direct, `${direct}.>`]) {
    connection.subscribe(subject, { callback: (_error, asked) => void asked.respond('', { headers: nothing }) });
  }
  await manager.streams.update(stream, { allow_direct: false });
}
