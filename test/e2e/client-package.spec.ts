import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder, type TemporaryFolder } from '../support/index.js';

const run = promisify(execFile);
const project = join(import.meta.dirname, '..', '..');
const library = join(project, 'libs', 'client');

type Manifest = Readonly<Record<'version' | 'name', string>> & {
  readonly dependencies: Readonly<Record<string, string>>;
};
const manifestIn = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;

/** As somebody else would write it, with every check that TypeScript has for them. */
const program = `import { connectWaybillNats, WaybillClient, WaybillError, type SubmissionWish } from '@waybill/client';
import { parseServerSentEvents } from '@waybill/client/server-sent-events';

const wish: SubmissionWish = { task: { kind: 'extract', schema: 'receipt' }, documents: [{ url: 'https://example.org/a.pdf' }] };
// @ts-expect-error there is no such kind of task, and the types know it
wish.task = { kind: 'paint' };
wish.task = { kind: 'extract', schema: 'receipt' };
const client = new WaybillClient({ url: process.argv[2] ?? '', apiKey: 'key', maxAttempts: 1 });
const { id } = await client.submit(wish);
const job = await client.wait(id);
const total: number = job.pages.done;
const failure: unknown = await client.result('missing').catch((error: unknown) => error);
const code = failure instanceof WaybillError ? failure.code : 'none';
const away: unknown = await connectWaybillNats({ servers: '127.0.0.1:1', tenant: 'acme' }).catch((error: unknown) => error);
const events: string[] = [];
async function* bytes(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode('data: one\\n\\n');
}
for await (const { data } of parseServerSentEvents(bytes())) events.push(data);
console.log(JSON.stringify({ id, status: job.status, total, code, away: (away as WaybillError).code, events }));
`;
let folder: TemporaryFolder;
let service: Server;

beforeAll(async () => {
  folder = await temporaryFolder('client-package');
  service = createServer((request, response) => {
    const { statusCode, body } = answerTo(request.url ?? '');
    request.resume().on('end', () => response.writeHead(statusCode, { 'content-type': 'application/json' }).end(body));
  }).listen(0, '127.0.0.1');
  await once(service, 'listening');
});
afterAll(async () => {
  service?.close();
  await folder?.remove();
});

const at = '2030-01-01T00:00:00.000Z';
const parts = ['self', 'events', 'result', 'layout', 'markdown', 'html', 'text', 'cancel'];
const links = Object.fromEntries(parts.map((part) => [part, `/v1/jobs/job-1/${part}`]));
const accepted = { id: 'job-1', status: 'queued', links };
const done = {
  ...{
    id: 'job-1',
    tenant: 'acme',
    status: 'completed',
    costUsd: 0,
    attempts: 3,
    createdAt: at,
    finishedAt: at,
    links,
  },
  ...{
    pages: { total: 3, done: 3, failed: 0 },
    documents: [],
    problems: [],
    timings: { steps: { read: {}, answer: {} } },
    metadata: {},
    tags: [],
  },
};
const missing = { type: 'urn:waybill:problem:job-not-found', title: 'No such job', status: 404, detail: 'Look again.' };

function answerTo(path: string): { statusCode: number; body: string } {
  if (path.endsWith('/missing/result')) return { statusCode: 404, body: JSON.stringify(missing) };
  if (path === '/v1/jobs') return { statusCode: 202, body: JSON.stringify(accepted) };
  return { statusCode: 200, body: JSON.stringify(done) };
}

/** The packed package in a folder that has nothing else but what its manifest names. */
async function install(): Promise<{ at: string; manifest: Manifest }> {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder.path], { cwd: library });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ filename: string }];
  const modules = join(folder.path, 'node_modules');
  const at = join(modules, '@waybill', 'client');
  await mkdir(at, { recursive: true });
  await run('tar', ['-xzf', join(folder.path, packed.filename), '-C', at, '--strip-components=1']);
  const manifest = await manifestIn(at);
  for (const name of [...Object.keys(manifest.dependencies), '@types/node', 'undici-types']) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(project, 'node_modules', name), join(modules, name));
  }
  return { at, manifest };
}

const compile = (file: string) =>
  run(
    process.execPath,
    [
      join(project, 'node_modules', 'typescript', 'bin', 'tsc'),
      ...['--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--outDir', folder.path, file],
    ],
    { cwd: folder.path },
  );

describe('the packed client', () => {
  it('is all that a program elsewhere needs: types, code, both doors, README and licence', async () => {
    const { at, manifest } = await install();
    await writeFile(join(folder.path, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder.path, 'program.ts'), program);
    await compile('program.ts');
    const { port } = service.address() as AddressInfo;
    const { stdout } = await run(process.execPath, ['program.js', `http://127.0.0.1:${port}`], { cwd: folder.path });
    expect(JSON.parse(stdout)).toEqual({
      ...{ id: 'job-1', status: 'completed', total: 3, code: 'job-not-found', away: 'unreachable', events: ['one'] },
    });

    expect(await readFile(join(at, 'README.md'), 'utf8')).toContain('@waybill/client');
    expect(await readFile(join(at, 'LICENSE'), 'utf8')).toContain('Apache License');
    const whole = await manifestIn(project);
    expect(manifest.version).toBe(whole.version);
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      expect([name, version]).toEqual([name, whole.dependencies[name]]);
    }
  }, 480_000);
});
