import type { RecordedEvent } from '@waybill/jobs';
import { connect, EventReplay, managerOf, openSealer } from '@waybill/jetstream';
import { masterKeysOf } from '@waybill/key-management';
import { rebuildProjection } from '@waybill/persistence';
import type { Environment } from '@waybill/platform';

/**
 * Tells Postgres anew from the event stream. Services may run meanwhile.
 * @returns how many events were recorded, and why others were refused
 */
export async function rebuildStack(
  environment: Environment,
  onProgress: (recorded: number) => void,
): Promise<{ recorded: number; refused: string[] }> {
  const connection = await connect(environment, 'waybill-cli');
  try {
    const sealer = await openSealer(connection, await masterKeysOf(environment));
    const replay = new EventReplay(await managerOf(connection), sealer);
    const { DATABASE_URL: databaseUrl } = environment;
    return await rebuildProjection({ databaseUrl, sealer, events: everyEvent(replay), onProgress });
  } finally {
    await connection.close();
  }
}

/**
 * Goes through the stream until a pass finds nothing new, so that what running services recorded meanwhile is told
 * again after its job has been.
 */
async function* everyEvent(replay: EventReplay): AsyncGenerator<RecordedEvent> {
  const batchSize = 256;
  let seen = 0;
  for (;;) {
    const before = seen;
    for await (const batch of replay.events(batchSize, seen)) {
      for (const { sequence, payload } of batch) {
        seen = sequence;
        yield { sequence, event: payload };
      }
    }
    if (seen === before) return;
  }
}
