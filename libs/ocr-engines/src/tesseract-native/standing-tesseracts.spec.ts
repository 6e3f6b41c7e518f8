import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { StandingTesseracts } from './standing-tesseracts.js';
import type { TesseractCall } from './tesseract-call.js';

/**
 * Speaks the command's protocol: a name a line, a table each. The value of a picture's only pixel says what it does; a word
 * is `process id, pixel, name of the picture`.
 */
const program = `
const { readFileSync } = require('node:fs');
let page = 0;
let open = '';
process.stdout.write('level\\tpage_num\\n');
process.stdin.on('data', (chunk) => {
  const lines = (open + chunk).split('\\n');
  open = lines.pop();
  for (const file of lines) {
    page += 1;
    const pixel = readFileSync(file).at(-1);
    if (pixel === 1) { console.error('cannot be read'); process.exit(1); }
    if (pixel === 2) process.kill(process.pid, 'SIGSEGV');
    if (pixel === 3) return;
    const word = pixel === 255 ? '' : '5\\t' + page + '\\t1\\t1\\t1\\t1\\t0\\t0\\t1\\t1\\t90\\t' + process.pid + ' ' + pixel + ' ' + file + '\\n';
    process.stdout.write('1\\t' + page + '\\t0\\t0\\n' + word);
  }
});`;

describe('StandingTesseracts', () => {
  let standing: StandingTesseracts;
  const open = (): StandingTesseracts => (standing = new StandingTesseracts([process.execPath, '-e', program, '--']));
  const read = (pixel: number, more: Partial<TesseractCall> = {}): Promise<string> =>
    standing.call({
      settings: ['page'],
      picture: { data: new Uint8Array([pixel]), width: 1, height: 1 },
      timeoutMs: 20_000,
      signal: new AbortController().signal,
      ...more,
    });
  const wordsOf = (table: string): string[] => table.split('\t').at(-1)?.trim().split(' ') ?? [];
  afterEach(() => standing.close());

  it('reads picture after picture with one process, each with its own table, and leaves no picture behind', async () => {
    open();
    const [one, two] = [wordsOf(await read(11)), wordsOf(await read(12))];
    expect([one[1], two[1]]).toEqual(['11', '12']);
    expect(two[0]).toBe(one[0]);
    expect([one, two].map(([, , file]) => existsSync(file ?? ''))).toEqual([false, false]);
  });

  it('has a process for each way of reading, and for each reading at the same time', async () => {
    open();
    const tables = await Promise.all([read(11), read(12), read(13, { settings: ['block'] })]);
    expect(new Set(tables.map((table) => wordsOf(table)[0])).size).toBe(3);
    expect(tables.map((table) => wordsOf(table)[1])).toEqual(['11', '12', '13']);
  });

  it.each([
    ['refuses the picture', 1, { failure: { code: 'unreadable-page' }, retryable: false, cause: 'cannot be read\n' }],
    ['dies', 2, { failure: { code: 'worker-died' }, retryable: true }],
  ])('goes on with another process after one that %s', async (_how, pixel, failure) => {
    open();
    const [former] = wordsOf(await read(11));
    await expect(read(pixel)).rejects.toMatchObject(failure);
    const [next, value] = wordsOf(await read(12));
    expect(value).toBe('12');
    expect(next).not.toBe(former);
  });

  it('ends a process at the limit, as worth another attempt, and reads on', async () => {
    open();
    await expect(read(3, { timeoutMs: 200 })).rejects.toMatchObject({ failure: { code: 'timeout' }, retryable: true });
    expect(wordsOf(await read(12))[1]).toBe('12');
  });

  it('ends a process when it is aborted, with the reason, and starts none for a page that is aborted already', async () => {
    open();
    const controller = new AbortController();
    const reading = read(3, { signal: controller.signal });
    controller.abort(new Error('The job was cancelled.'));
    await expect(reading).rejects.toThrow('The job was cancelled.');
    await expect(read(11, { signal: AbortSignal.abort(new Error('Cancelled.')) })).rejects.toThrow('Cancelled.');
  });

  it('says that the command could not be started', async () => {
    standing = new StandingTesseracts(['/nowhere/tesseract']);
    await expect(read(11)).rejects.toMatchObject({ failure: { code: 'unavailable' }, retryable: true });
  });

  it('ends what waits when it is closed, twice without harm', async () => {
    open();
    const pid = Number(wordsOf(await read(11))[0]);
    await standing.close();
    await standing.close();
    await expect(processIsGone(pid)).resolves.toBe(true);
  });
});

/** Asks the system until it no longer knows the process: it is told to end, and ends a moment later. */
async function processIsGone(pid: number): Promise<boolean> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
