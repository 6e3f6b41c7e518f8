import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobLinks, problems, type JobId, type ProblemCode } from '@waybill/contracts';
import { ApiClient } from '../api/api-client.js';
import { exitCodes } from '../exit-code.js';
import type { ProgressBoard } from '../terminal/progress-board.js';
import { submitFiles, type SubmissionPlan } from './submit-files.js';
import { exitCodeOf } from './submitted-job.js';

/** What the service answers to each submission of an id, in turn; the last answer stays. */
type Script = Record<string, readonly (ProblemCode | 'accepted' | 'never')[]>;

let folder: string;
let server: Server;
let client: ApiClient;
let script: Script;
let asked: string[];
let onAsked: () => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-submit-'));
  asked = [];
  onAsked = () => undefined;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(Buffer.concat(chunks).toString(), response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new ApiClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

function answer(body: string, response: ServerResponse): void {
  const id = /"id":"([^"]+)"/.exec(body)?.[1] ?? '';
  const earlier = asked.filter((other) => other === id).length;
  asked.push(id);
  onAsked();
  const answers = script[id] ?? ['accepted'];
  const code = answers[Math.min(earlier, answers.length - 1)] ?? 'accepted';
  if (code === 'never') return;
  const accepted = { id, status: 'queued', links: jobLinks(id) };
  const refused = { type: `urn:waybill:problem:${code}`, ...problems[code as ProblemCode], detail: 'Because.' };
  response.writeHead(code === 'accepted' ? 202 : refused.status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(code === 'accepted' ? accepted : refused));
}

async function planOf(...ids: string[]): Promise<SubmissionPlan> {
  const files = await Promise.all(
    ids.map(async (id) => {
      const path = join(folder, `${id}.png`);
      await writeFile(path, `content of ${id}`);
      return { id: id as JobId, file: { path, name: `${id}.png` } };
    }),
  );
  return { files, submission: { task: { kind: 'read' } }, until: 'accepted' };
}

const board: ProgressBoard = { show: () => undefined, close: () => undefined };

describe('submitFiles', () => {
  it('asks a busy service again, with the same id', async () => {
    script = { a: ['too-many-requests', 'accepted'] };
    const jobs = await submitFiles(client, await planOf('a'), board, new AbortController().signal);
    expect(jobs.map(({ outcome }) => outcome.kind)).toEqual(['accepted']);
    expect(asked).toEqual(['a', 'a']);
  });

  it('goes on with the other files when one is refused', async () => {
    script = { b: ['unsupported-media-type'] };
    const jobs = await submitFiles(client, await planOf('a', 'b', 'c'), board, new AbortController().signal);
    expect(jobs.map(({ outcome }) => outcome.kind)).toEqual(['accepted', 'refused', 'accepted']);
    expect(exitCodeOf(jobs, undefined)).toBe(exitCodes.refused);
    expect(asked.sort()).toEqual(['a', 'b', 'c']);
  });

  it('says after an interruption what was accepted and what was not', async () => {
    script = { b: ['never'], c: ['never'], d: ['never'], e: ['never'] };
    const interruption = new AbortController();
    onAsked = () => {
      if (asked.length === 5) interruption.abort();
    };
    const plan = await planOf('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const jobs = await submitFiles(client, plan, board, interruption.signal);
    expect(jobs.map(({ outcome }) => outcome.kind)).toEqual(['accepted', ...Array<string>(6).fill('not-submitted')]);
    expect(exitCodeOf(jobs, 'SIGINT')).toBe(exitCodes.interrupted);
    expect(asked).not.toContain('f');
  });
});
