import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Objm } from '@nats-io/obj';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import {
  documentsBucket,
  serviceNames,
  streams,
  tenantSchema,
  type ServiceName,
  type Tenant,
} from '@waybill/contracts';
import { startNatsServer, type NatsServer } from '@waybill/embedded-servers';
import { natsAccounts } from '@waybill/identity';
import { createNkey, provision, type Nkey } from '@waybill/jetstream';
import { loadEnvironment } from '@waybill/platform';
import { startIntake, type TestIntake } from '../intake/start-intake.js';
import { patient, temporaryFolder, type TemporaryFolder } from '../../support/index.js';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [acme, beta] = ['acme', 'beta'].map((name) => tenantSchema.parse(name)) as [Tenant, Tenant];
const operator = createNkey();
const services = Object.fromEntries(serviceNames.map((name) => [name, createNkey()])) as Record<ServiceName, Nkey>;
const tenants = new Map([acme, beta].map((tenant) => [tenant, createNkey()]));

let folder: TemporaryFolder;
let server: NatsServer;
let intake: TestIntake;
let house: NatsConnection;
let client: NatsConnection;
let other: NatsConnection;

const enter = ({ seed }: Nkey): Promise<NatsConnection> =>
  connect({ servers: server.url, authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)), timeout: 60_000 });

beforeAll(async () => {
  folder = await temporaryFolder('nats-tenants');
  const accounts = natsAccounts({
    operator: operator.publicKey,
    services: Object.fromEntries(Object.entries(services).map(([name, { publicKey }]) => [name, publicKey])) as Record<
      ServiceName,
      string
    >,
    tenants: new Map([...tenants].map(([tenant, { publicKey }]) => [tenant, publicKey])),
  });
  server = await startNatsServer({ dataDir: join(folder.path, 'nats'), accounts });
  house = await enter(operator);
  const seedFile = join(folder.path, 'intake.nk');
  await writeFile(seedFile, services.intake.seed);
  await provision(house, loadEnvironment({}));
  intake = await startIntake({
    NATS_URL: server.url,
    WAYBILL_NATS_NKEY_FILE: seedFile,
    WAYBILL_PROVISION_AT_START: 'false',
  });
  for (const tenant of [acme, beta]) await new Objm(house).create(documentsBucket(tenant));
  [client, other] = [await enter(tenants.get(acme)!), await enter(tenants.get(beta)!)];
});
afterAll(async () => {
  for (const connection of [client, other, house]) await connection?.close();
  await intake?.stop();
  await server?.stop();
  await folder?.remove();
});

const submission = { documents: [{ inline: 'aGVsbG8=' }], task: { kind: 'read' } };
const submit = (connection: NatsConnection, tenant: Tenant, id: string, timeout = 60_000) =>
  jetstream(connection).publish(`waybill.${tenant}.intake.submit`, JSON.stringify({ ...submission, id }), { timeout });

describe('a tenant’s client over NATS', () => {
  it('submits, and follows its own jobs', async () => {
    const events = client.subscribe('waybill.acme.events.*.>');
    await client.flush();
    await submit(client, acme, 'mine');
    const seen: string[] = [];
    for await (const { subject } of events) {
      seen.push(subject);
      if (subject.endsWith('.job.planned')) break;
    }
    expect(seen[0]).toBe('waybill.acme.events.mine.job.accepted');
  });

  it('puts documents into its own bucket, and reads what is there', async () => {
    const bucket = await new Objm(jetstream(client, { domain: 'waybill', checkAPI: false })).open(
      documentsBucket(acme),
    );
    await bucket.put({ name: 'scan.txt' }, streamOf('hello'));
    expect((await bucket.info('scan.txt'))?.size).toBe(5);
    const held = await new Objm(house).open(documentsBucket(acme));
    expect((await held.info('scan.txt'))?.size).toBe(5);
  });

  it('cannot publish to another’s subjects, nor to the house’s', async () => {
    const last = async () =>
      (await (await jetstreamManager(house, patient)).streams.info(streams.events.name)).state.last_seq;
    const before = await last();
    await expect(submit(client, beta, 'forged', 2_000)).rejects.toThrow();
    for (const subject of [
      'waybill.acme.events.mine.job.finished',
      'waybill.beta.events.x.job.accepted',
      'waybill.acme.ocr.front.read-page',
    ]) {
      await expect(jetstream(client).publish(subject, '{}', { timeout: 1_000 })).rejects.toThrow();
    }
    expect(await last()).toBe(before);
  });

  it('hears nothing of another, whatever it subscribes to', async () => {
    const heard: string[] = [];
    for (const subject of ['>', 'waybill.>', 'waybill.*.events.>', '_INBOX.>', '$O.>', '$KV.>']) {
      client.subscribe(subject, { callback: (_, message) => void heard.push(message.subject) });
    }
    await client.flush();
    const events = house.subscribe('waybill.beta.events.*.job.planned', { max: 1 });
    await submit(other, beta, 'secret');
    for await (const _ of events);
    await client.flush();
    expect(heard.filter((subject) => subject.includes('beta') || subject.includes('secret'))).toEqual([]);
  });

  it('cannot reach another’s documents, the house’s buckets or streams by the JetStream API', async () => {
    const open = async (bucket: string) =>
      await (await new Objm(jetstream(client, { domain: 'waybill', checkAPI: false })).open(bucket)).info('scan.txt');
    await expect(open(documentsBucket(beta))).rejects.toThrow();
    const names = [
      ...Object.values(streams).map(({ name }) => name),
      'KV_waybill-blobs',
      `OBJ_${documentsBucket(beta)}`,
    ];
    const verbs = ['STREAM.INFO', 'STREAM.DELETE', 'STREAM.PURGE', 'STREAM.MSG.GET', 'CONSUMER.CREATE', 'DIRECT.GET'];
    const foreign = names.flatMap((name) => verbs.map((verb) => `${verb}.${name}`));
    const own = ['STREAM.DELETE', 'STREAM.UPDATE', 'STREAM.CREATE', 'CONSUMER.CREATE'].map(
      (verb) => `${verb}.OBJ_${documentsBucket(acme)}`,
    );
    const subjects = [...foreign, ...own].flatMap((each) => [`$JS.API.${each}`, `$JS.waybill.API.${each}`]);
    const answered = await Promise.all(subjects.map(async (subject) => ((await answers(subject)) ? [subject] : [])));
    expect(answered.flat()).toEqual([]);
  });

  it('cannot have a reply sent to another’s subject', async () => {
    const state = async () =>
      (await (await jetstreamManager(house, patient)).streams.info(streams.deadLetters.name)).state.last_seq;
    const before = await state();
    const forwarded = house.subscribe('waybill.beta.intake.submit');
    client.publish('waybill.acme.intake.submit', JSON.stringify({ ...submission, id: 'reflected' }), {
      reply: 'waybill.beta.intake.submit',
    });
    await intake.until({ tenant: acme, jobId: 'reflected' as never }, 'job-planned');
    expect([forwarded.getReceived(), await state()]).toEqual([0, before]);
  });
});

/** Whether a request is answered with anything but an error. */
async function answers(subject: string): Promise<boolean> {
  try {
    const { error } = (await client.request(subject, '{}', { timeout: 1_000 })).json<{ error?: object }>();
    return error === undefined;
  } catch {
    return false;
  }
}

describe('a service’s user', () => {
  it('publishes what its service publishes, and removes no stream', async () => {
    const ocr = await enter(services.ocr);
    const denied = jetstream(ocr).publish('waybill.acme.intake.submit', '{}', { timeout: 1_000 });
    await expect(denied).rejects.toThrow();
    await expect((await jetstreamManager(ocr, patient)).streams.delete(streams.events.name)).rejects.toThrow();
    expect((await jetstream(ocr).publish('waybill.acme.dead-letters.test', '{}')).stream).toBe(
      streams.deadLetters.name,
    );
    await ocr.close();
  });

  it('is needed: nobody enters without one', async () => {
    await expect(connect({ servers: server.url })).rejects.toThrow(/authorization/i);
    await expect(enter(createNkey())).rejects.toThrow(/authorization/i);
  });
});

const streamOf = (text: string): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      controller.enqueue(Buffer.from(text));
      controller.close();
    },
  });
