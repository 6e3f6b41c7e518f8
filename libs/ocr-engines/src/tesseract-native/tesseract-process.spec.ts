import { describe, expect, it } from '@jest/globals';
import type { TesseractCall } from './tesseract-call.js';
import { runTesseract } from './tesseract-process.js';

const picture = { data: new Uint8Array([7]), width: 1, height: 1 };

/** Runs a few lines of JavaScript in place of the command. */
const run = (program: string, more: Partial<TesseractCall> & { command?: string } = {}): Promise<string> =>
  runTesseract([more.command ?? process.execPath, '-e', program], {
    settings: [],
    picture,
    timeoutMs: 20_000,
    signal: new AbortController().signal,
    ...more,
  });

describe('runTesseract', () => {
  it('hands the picture to the standard input, on one thread, and gives what comes out', async () => {
    const echo = `process.stdout.write(process.env.OMP_THREAD_LIMIT + ' '); process.stdin.pipe(process.stdout);`;
    expect(await run(echo)).toMatch(/^1 II\*\0[^]+\u0007$/);
  });

  it('ends a process at the limit, as worth another attempt', async () => {
    await expect(run('setInterval(() => {}, 1000)', { timeoutMs: 50 })).rejects.toMatchObject({
      failure: { code: 'timeout' },
      retryable: true,
    });
  });

  it('ends a process when it is aborted, with the reason', async () => {
    const controller = new AbortController();
    const running = run('setInterval(() => {}, 1000)', { signal: controller.signal });
    controller.abort(new Error('The job was cancelled.'));
    await expect(running).rejects.toThrow('The job was cancelled.');
  });

  it('starts nothing for a page that is aborted already', async () => {
    await expect(run('', { signal: AbortSignal.abort(new Error('Cancelled.')) })).rejects.toThrow('Cancelled.');
  });

  it('refuses a picture that the command refuses, and keeps its complaint', async () => {
    const refusal = await run(`console.error('Image too small'); process.exit(1);`).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ failure: { code: 'unreadable-page' }, retryable: false });
    expect((refusal as Error).cause).toContain('Image too small');
  });

  it('tries again after a process that died, and one that could not be started', async () => {
    await expect(run(`process.kill(process.pid, 'SIGSEGV')`)).rejects.toMatchObject({
      failure: { code: 'worker-died' },
      retryable: true,
    });
    await expect(run('', { command: '/nowhere/tesseract' })).rejects.toMatchObject({
      failure: { code: 'unavailable' },
      retryable: true,
    });
  });
});
