import { gunzipSync } from 'node:zlib';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { patient } from '../../support/index.js';

/** One thing that a store holds: where it lies, and everything that can be read in it. */
export interface StoredThing {
  readonly place: string;
  readonly bytes: Buffer;
}

/** Every message of every stream of the server: streams, buckets and object stores. Packed values are unpacked, too. */
export async function everyMessage(nats: NatsConnection): Promise<StoredThing[]> {
  const manager = await jetstreamManager(nats, patient);
  const things: StoredThing[] = [];
  for await (const { config, state } of manager.streams.list()) {
    for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq += 1) {
      const message = await manager.streams.getMessage(config.name, { seq }).catch(() => null);
      if (!message) continue;
      const place = `${config.name} ${message.subject}`;
      const bytes = Buffer.from(message.data);
      things.push({
        place,
        bytes: Buffer.concat([Buffer.from(message.subject), bytes, unpacked(bytes), decoded(bytes)]),
      });
    }
  }
  return things;
}

/** Every row of every table of the database, as text. */
export async function everyRow(databaseUrl: string): Promise<StoredThing[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    const things: StoredThing[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`);
      things.push(...rows.map(({ row }) => ({ place: name, bytes: Buffer.from(row) })));
    }
    return things;
  } finally {
    await client.end();
  }
}

/** Where a text stands, in UTF-8. */
export const placesOf = (text: string, things: readonly StoredThing[]): string[] =>
  things.filter(({ bytes }) => bytes.includes(text)).map(({ place }) => place);

function unpacked(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : Buffer.alloc(0);
}

/** A dead letter holds its original as base64. */
function decoded(bytes: Buffer): Buffer {
  const payload = /"payload":"([A-Za-z0-9+/=]+)"/.exec(bytes.toString('latin1'))?.[1];
  return payload ? Buffer.from(payload, 'base64') : Buffer.alloc(0);
}
