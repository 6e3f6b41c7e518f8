import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problems } from '@waybill/contracts';
import { exitCodes } from './exit-code.js';
import { runCli } from './run-cli.js';

let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-cli-'));
  server = createServer((request, response) => {
    const code = request.url?.endsWith('/result') ? 'job-not-final' : 'job-not-found';
    response.writeHead(problems[code].status, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ type: `urn:waybill:problem:${code}`, ...problems[code], detail: 'Look it up.' }));
  });
  url = addressOf(await listen(server));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const listen = (unopened: Server): Promise<Server> =>
  new Promise((resolve) => {
    unopened.listen(0, '127.0.0.1', () => resolve(unopened));
  });
const addressOf = (opened: Server): string => `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;

async function run(...parameters: string[]) {
  const output = { stdout: '', stderr: '' };
  const code = await runCli(parameters, {
    environment: {},
    workingFolder: folder,
    stdout: { write: (text: string) => void (output.stdout += text) },
    stderr: { write: (text: string) => void (output.stderr += text) },
  });
  return { code, ...output };
}

describe('waybill', () => {
  it('shows its help and succeeds', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(exitCodes.ok);
    for (const command of [
      'demo',
      'up',
      'submit',
      'status',
      'result',
      'watch',
      'cancel',
      'jobs',
      'usage',
      'budget',
      'dlq',
      'doctor',
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
    }
  });

  it.each([
    [['nonsense']],
    [['usage', '--by', 'weather']],
    [['usage', '--since', 'yesterday']],
    [['budget', 'set', 'team']],
    [['budget', 'set', 'team', '--cap', '-1']],
    [['budget', 'set', 'team', '--cap', '1', '--per', 'total', '--over', 'wait']],
    [['status']],
    [['submit', 'a.png', '--task', 'paint']],
    [['submit', 'a.png', '--deadline', 'soon']],
    [['submit', 'a.png', '--task', 'read', '--schema', 'receipt']],
    [['jobs', '--limit', '0']],
    [['jobs', '--status', 'lost']],
    [['up', '--port', '70000']],
    [['status', 'a', '--url', 'nowhere']],
  ])('%j is a wrong command line', async (parameters) => {
    const { code, stdout, stderr } = await run(...parameters);
    expect(code).toBe(exitCodes.usage);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('refuses a file that does not exist', async () => {
    const { code, stderr } = await run('submit', 'missing.png', '--url', url);
    expect(code).toBe(exitCodes.notFound);
    expect(stderr).toContain(join(folder, 'missing.png'));
  });

  it('refuses a schema that is not one', async () => {
    await writeFile(join(folder, 'a.png'), 'x');
    await writeFile(join(folder, 'broken.json'), '{');
    const { code, stderr } = await run('submit', 'a.png', '--schema', 'broken.json', '--url', url);
    expect(code).toBe(exitCodes.refused);
    expect(stderr).toContain('is not a JSON Schema object');
  });

  it('says how to start a stack when none runs', async () => {
    const { code, stderr } = await run('jobs', '--data', folder);
    expect(code).toBe(exitCodes.unavailable);
    expect(stderr).toMatch(/start one with `waybill up`/);
  });

  it('says when nothing answers', async () => {
    const closed = await listen(createServer());
    const address = addressOf(closed);
    await new Promise((resolve) => closed.close(resolve));
    const { code, stderr } = await run('jobs', '--url', address);
    expect(code).toBe(exitCodes.unavailable);
    expect(stderr).toContain(`Nothing answers at ${address} (ECONNREFUSED)`);
  });

  it('passes the refusals of the service on', async () => {
    expect((await run('status', 'lost', '--url', url)).code).toBe(exitCodes.notFound);
    const early = await run('result', 'early', '--url', url);
    expect(early.code).toBe(exitCodes.tryLater);
    expect(early.stderr).toBe('✗ The job has not finished yet: Look it up.\n');
  });

  it('refuses in JSON when JSON was asked for', async () => {
    const { stdout, stderr } = await run('status', 'lost', '--url', url, '--json');
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toEqual({
      error: { message: 'There is no such job: Look it up.', exitCode: exitCodes.notFound },
    });
  });

  it('refuses a data folder that cannot be made', async () => {
    await writeFile(join(folder, 'file'), 'x');
    const { code, stderr } = await run('up', '--data', join(folder, 'file', 'data'));
    expect(code).toBe(exitCodes.noPermission);
    expect(stderr).toContain('cannot be made');
  });
});
