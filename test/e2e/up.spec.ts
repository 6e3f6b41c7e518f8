import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobView } from '@waybill/contracts';
import { mistyped, temporaryFolder, type TemporaryFolder } from '../support/index.js';
import { drawPdf, drawTiffWithBrokenPage } from './support/draw-documents.js';
import {
  runWaybill,
  startWaybill,
  startWaybillByNpm,
  type Ending,
  type RunningWaybill,
} from './support/run-waybill.js';

interface State {
  readonly url: string;
  readonly pid: number;
  readonly services: Record<string, { pid: number; url: string }>;
}

let folder: TemporaryFolder;
let up: RunningWaybill;
let state: State;

const data = (): string => join(folder.path, 'data');
const waybill = (...parameters: string[]): Promise<Ending> =>
  runWaybill([...parameters, '--data', data()], { cwd: folder.path });

async function readState(): Promise<State> {
  return JSON.parse(await readFile(join(data(), 'stack.json'), 'utf8')) as State;
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Resolves when none of the services is there any more; a process is gone a moment after its output has ended. */
async function allGone(services: State['services']): Promise<void> {
  while (Object.values(services).some(({ pid }) => isAlive(pid))) await pause(20);
}

beforeAll(async () => {
  folder = await temporaryFolder('up');
  await writeFile(join(folder.path, 'letter.pdf'), await drawPdf(['Dear reader', 'Yours']));
  await writeFile(join(folder.path, 'torn.tiff'), await drawTiffWithBrokenPage(2, 1));
  await writeFile(join(folder.path, 'empty.pdf'), '%PDF-1.7');
  up = startWaybill(['up', '--port', '0', '--workers', '1', '--data', data()]);
  await up.seen(/Ctrl-C/);
  state = await readState();
});
afterAll(async () => {
  up?.process.kill('SIGTERM');
  await up?.ended;
  await folder?.remove();
});

describe('waybill', () => {
  it('finds everything in order', async () => {
    const { code, stdout } = await waybill('doctor');
    expect({ code, bad: stdout.split('\n').filter((line) => /^[✗!]/.test(line)) }).toEqual({ code: 0, bad: [] });
    expect(stdout).toMatch(/✓ tables\s+up to date/);
  });

  it('opens to its own key, to keys that are made for others, and to nobody else', async () => {
    const own = (await readFile(join(data(), 'api-key'), 'utf8')).trim();
    const ask = async (key: string): Promise<number> =>
      (await fetch(`${state.url}/v1/jobs`, { headers: { authorization: `Bearer ${key}` } })).status;
    const made = await waybill('keys', 'create', '--tenant', 'acme', '--name', 'night', '--expires', '90d', '--json');
    const { key, prefix } = JSON.parse(made.stdout) as { key: string; prefix: string };
    expect([await ask(own), await ask(key), await ask(mistyped(key))]).toEqual([200, 200, 401]);
    const rotated = JSON.parse((await waybill('keys', 'rotate', prefix, '--json')).stdout) as { key: string };
    expect([await ask(key), await ask(rotated.key)]).toEqual([200, 200]);
    expect((await waybill('keys', 'revoke', key)).code).toBe(0);
    while ((await ask(key)) !== 401);
    expect((await waybill('keys', 'list', '--tenant', 'acme')).stdout).toMatch(/night.*revoked/);
  });

  it('keeps secrets to their owner', async () => {
    for (const name of ['webhook-secret', 'stack.json', 'api-key']) {
      expect((await stat(join(data(), name))).mode & 0o077).toBe(0);
    }
  });

  it('refuses a second stack on the same folder', async () => {
    const { code, stderr } = await waybill('up');
    expect(code).toBe(75);
    expect(stderr).toContain(`already runs on ${data()} (process ${state.pid})`);
  });

  it('refuses a port that is taken', async () => {
    const { code, stderr } = await runWaybill([
      'up',
      '--port',
      new URL(state.url).port,
      '--data',
      join(folder.path, 'b'),
    ]);
    expect(code).toBe(69);
    expect(stderr).toMatch(/Port \d+ is taken/);
  });

  it('submits, waits, and shows what came of it', async () => {
    const submitted = await waybill('submit', 'letter.pdf', '--task', 'read', '--id', 'mine', '--watch');
    expect(submitted.code).toBe(0);
    expect(submitted.stderr).toMatch(/letter\.pdf\s+· page 2 read/);
    expect(submitted.stdout).toMatch(/^mine\s+letter\.pdf\s+✓ completed\s+2\/2/m);

    expect((await waybill('result', 'mine', '--format', 'text')).stdout).toContain('Dear reader');
    expect((await waybill('result', 'mine', '--format', 'markdown')).stdout).toContain('Yours');
    expect((await waybill('result', 'mine', '--format', 'html')).stdout).toMatch(/<\w+/);
    const status = await waybill('status', 'mine', '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({ id: 'mine', status: 'completed', pages: { done: 2, total: 2 } });
    const events = (await waybill('watch', 'mine', '--json')).stdout.trim().split('\n');
    expect(events.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
      'job-accepted',
      'job-planned',
      'page-read',
      'page-read',
      'job-finished',
    ]);
    const again = await waybill('submit', 'letter.pdf', '--task', 'read', '--id', 'mine');
    expect(again.code).toBe(0);
    const conflict = await waybill('submit', 'torn.tiff', '--task', 'read', '--id', 'mine');
    expect(conflict.code).toBe(65);
  });

  it('exits by how the jobs ended', async () => {
    expect((await waybill('submit', 'torn.tiff', '--task', 'read', '--wait')).code).toBe(3);
    const several = await waybill('submit', 'torn.tiff', 'empty.pdf', '--task', 'read', '--wait', '--json');
    expect(several.code).toBe(1);
    const { jobs } = JSON.parse(several.stdout) as { jobs: { file: string; status: string }[] };
    expect(jobs.map(({ status }) => status)).toEqual(['partial', 'failed']);
    expect((await waybill('status', 'unknown')).code).toBe(66);
    expect((await waybill('cancel', 'mine')).code).toBe(65);
    expect((await waybill('dlq', 'show', '999999')).code).toBe(66);
  });

  it('lists jobs by status and tag', async () => {
    await waybill('submit', 'letter.pdf', '--task', 'read', '--tag', 'found', '--wait');
    const { jobs } = JSON.parse((await waybill('jobs', '--tag', 'found', '--json')).stdout) as { jobs: JobView[] };
    expect(jobs.map(({ tags, status }) => ({ tags, status }))).toEqual([{ tags: ['found'], status: 'completed' }]);
    expect((await waybill('jobs', '--status', 'cancelled')).stderr).toContain('There are no such jobs.');
  });

  it('tells the database anew', async () => {
    const { code, stdout } = await waybill('rebuild', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ refused: [] });
    expect((await waybill('status', 'mine')).code).toBe(0);
  });

  it('starts a service again that was killed, at the same address', async () => {
    process.kill(state.services.ocr?.pid ?? 0, 'SIGKILL');
    await up.seen(/The ocr service stopped: it was ended by SIGKILL/);
    await up.seen(/The ocr service is back/);
    expect((await fetch(`${state.services.ocr?.url}/readyz`)).status).toBe(200);
    expect((await waybill('submit', 'letter.pdf', '--task', 'read', '--wait')).code).toBe(0);
  });

  it('starts a server again that was killed, on the same data', async () => {
    for (const [folderName, name] of [
      ['nats', 'nats-server'],
      ['postgres', 'Postgres'],
    ] as const) {
      const { pid } = JSON.parse(await readFile(join(data(), folderName, 'server.json'), 'utf8')) as { pid: number };
      process.kill(pid, 'SIGKILL');
      await up.seen(new RegExp(`${name} stopped by itself`));
      await up.seen(new RegExp(`${name} is back`));
      const ending = await waybill('submit', 'letter.pdf', '--task', 'read', '--wait');
      expect(ending).toMatchObject({ code: 0, stdout: expect.stringMatching(/✓ completed/) });
    }
    expect((await waybill('status', 'mine')).code).toBe(0);
  });

  it('stops in order, leaving data and logs only', async () => {
    up.process.kill('SIGTERM');
    expect((await up.ended).code).toBe(0);
    await allGone(state.services);
    expect((await readdir(data())).sort()).toEqual(['api-key', 'logs', 'nats', 'postgres', 'webhook-secret']);
    for (const name of ['intake', 'reasoning', 'results']) {
      expect(await readFile(join(data(), 'logs', `${name}.log`), 'utf8')).toMatch(/"msg":"stopped"/);
    }
  });

  it('goes on where it was after it was killed, its services end without it, and it ends with npm', async () => {
    const first = startWaybill(['up', '--port', '0', '--data', data()]);
    await first.seen(/Ctrl-C/);
    const { services } = await readState();
    first.process.kill('SIGKILL');
    await first.ended;
    const second = startWaybillByNpm(['up', '--port', '0', '--data', data()]);
    await second.seen(/Ctrl-C/);
    await allGone(services);
    expect((await waybill('status', 'mine')).stdout).toMatch(/✓ completed mine/);
    // The shell that npm starts takes the signal with it; the output ends with the last process that writes to it.
    const { services: own } = await readState();
    second.process.kill('SIGTERM');
    expect((await second.ended).stderr).toContain('Stopped');
    await allGone(own);
    expect((await readdir(data())).sort()).toEqual(['api-key', 'logs', 'nats', 'postgres', 'webhook-secret']);
  });
});
