/**
 * The least that a hop with a write does, as a process of its own beside the services: consume, one row in Postgres,
 * publish, ack. What it takes at the same pace is what the machine takes. `NATS_URL` and `DATABASE_URL` say where.
 */
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';
import { bareDone, bareStream, bareSubjects } from './bare-subjects.mjs';

const connection = await connect({ servers: process.env.NATS_URL, noAsyncTraces: true });
const database = new Client({ connectionString: process.env.DATABASE_URL });
await database.connect();
await database.query('CREATE TABLE bench_bare (id text PRIMARY KEY, body jsonb NOT NULL)');

const manager = await jetstreamManager(connection);
await manager.streams.add({ name: bareStream, subjects: bareSubjects, storage: 'file' });
await manager.consumers.add(bareStream, { durable_name: 'c', filter_subject: bareSubjects[0], ack_policy: 'explicit' });
const client = jetstream(connection);
const insert = { name: 'insert', text: 'INSERT INTO bench_bare VALUES ($1, $2)' };

const consumer = await client.consumers.get(bareStream, 'c');
const handle = async (message) => {
  const body = message.json();
  await database.query(insert, [body.id, JSON.stringify(body)]);
  await client.publish(bareDone, JSON.stringify(body));
  message.ack();
};
await consumer.consume({ max_messages: 100, callback: (message) => void handle(message) });
process.send({ type: 'ready' });
process.once('SIGTERM', () => void Promise.all([database.end(), connection.close()]));
