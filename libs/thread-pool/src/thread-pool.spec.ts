import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { StageError } from '@waybill/jobs';
import { ThreadPool, type ThreadPoolOptions } from './thread-pool.js';

/** A thread that does what its task says, speaking the protocol as plain JavaScript. */
const thread = `
import { parentPort, threadId } from 'node:worker_threads';
const answer = (message) => parentPort.postMessage({ retires: false, ...message });
parentPort.on('message', ({ task }) => {
  if (task === 'die') process.exit(1);
  if (task === 'throw') throw new Error('Not caught.');
  if (task === 'spin') for (;;);
  if (task === 'grow') for (const all = []; ; ) all.push(Array.from({ length: 1000 }, () => ({})));
  if (task === 'refuse') answer({ ok: false, error: { kind: 'stage', failure: { code: 'unreadable-page', message: 'Torn.', page: 2 }, retryable: false } });
  else if (task === 'bug') answer({ ok: false, error: { kind: 'bug', message: 'x is undefined', stack: 'here' } });
  else answer({ ok: true, result: threadId, retires: task === 'retire' });
});`;
const script = new URL(`data:text/javascript,${encodeURIComponent(thread)}`);

describe('ThreadPool', () => {
  let pool: ThreadPool;
  const poolOf = (options: Partial<ThreadPoolOptions> = {}): ThreadPool =>
    (pool = new ThreadPool({ doing: 'testing', script, size: 1, ...options }));
  const run = (task: string, options = {}): Promise<number> =>
    pool.run<number>(task, { timeoutMs: 20_000, ...options });
  afterEach(() => pool.close());

  it('keeps a thread for the next task', async () => {
    poolOf();
    expect(await run('first')).toBe(await run('second'));
  });

  it('uses as many threads as it may, and no more', async () => {
    poolOf({ size: 2 });
    const threads = await Promise.all([run('a'), run('b'), run('c'), run('d')]);
    expect(new Set(threads).size).toBe(2);
  });

  it('gives a task to the thread that had its kind before', async () => {
    poolOf({ size: 2 });
    const [left, right] = await Promise.all([run('a', { affinity: 'left' }), run('b', { affinity: 'right' })]);
    expect(await run('c', { affinity: 'right' })).toBe(right);
    expect(await run('d', { affinity: 'left' })).toBe(left);
  });

  it.each([
    ['exits', 'die'],
    ['throws', 'throw'],
  ])('fails only the task of a thread that %s, as retryable, and replaces the thread', async (_how, task) => {
    poolOf();
    const before = await run('first');
    const [died, after] = await Promise.allSettled([run(task), run('next')]);
    expect(died).toMatchObject({ reason: { failure: { code: 'worker-died' }, retryable: true } });
    expect(after).toMatchObject({ status: 'fulfilled' });
    expect(after).not.toMatchObject({ value: before });
  });

  it('fails only the task of a thread that takes more memory than it may', async () => {
    poolOf({ heapMb: 32 });
    const [grown, after] = await Promise.allSettled([run('grow'), run('next')]);
    expect(grown).toMatchObject({ reason: { failure: { code: 'worker-died' }, retryable: true } });
    expect(after).toMatchObject({ status: 'fulfilled' });
  });

  it('ends a task that overruns its limit, as retryable', async () => {
    poolOf();
    await run('first');
    await expect(run('spin', { timeoutMs: 50 })).rejects.toMatchObject({
      failure: { code: 'timeout' },
      retryable: true,
    });
    await expect(run('next')).resolves.toEqual(expect.any(Number));
  });

  it('stops a task under way when it is aborted, and rejects with the reason', async () => {
    poolOf();
    await run('first');
    const controller = new AbortController();
    const spinning = run('spin', { signal: controller.signal });
    const waiting = run('next');
    controller.abort(new Error('Cancelled.'));
    await expect(spinning).rejects.toThrow('Cancelled.');
    await expect(waiting).resolves.toEqual(expect.any(Number));
  });

  it('never begins a task that is aborted while it waits, or was before', async () => {
    poolOf();
    const controller = new AbortController();
    const running = run('first');
    const waiting = run('die', { signal: controller.signal });
    controller.abort(new Error('Cancelled.'));
    await expect(waiting).rejects.toThrow('Cancelled.');
    await expect(run('die', { signal: controller.signal })).rejects.toThrow('Cancelled.');
    expect(await run('next')).toBe(await running);
  });

  it('replaces a thread that asks for it, after its answer', async () => {
    poolOf();
    const retired = await run('retire');
    expect(await run('next')).not.toBe(retired);
  });

  it('passes on a stage error with what it knows, and a bug as a bug', async () => {
    poolOf();
    const refused = await run('refuse').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StageError);
    expect(refused).toMatchObject({ failure: { code: 'unreadable-page', page: 2 }, retryable: false });
    const bug = await run('bug').catch((error: unknown) => error);
    expect(bug).not.toBeInstanceOf(StageError);
    expect(bug).toMatchObject({ message: 'x is undefined', stack: 'here' });
  });

  it('rejects what is under way, waiting and later when it is closed, twice without harm', async () => {
    poolOf();
    await run('first');
    const ends = Promise.allSettled([run('spin'), run('next')]);
    await pool.close();
    await pool.close();
    for (const end of await ends) expect(end).toMatchObject({ reason: { failure: { code: 'unavailable' } } });
    await expect(run('late')).rejects.toMatchObject({ failure: { code: 'unavailable' }, retryable: true });
  });
});

describe('a pool that does not hold its process', () => {
  it('lets the process end while its threads wait for tasks', async () => {
    const pool = new URL('../../../dist/libs/thread-pool/src/thread-pool.js', import.meta.url);
    const program = `
      import { ThreadPool } from ${JSON.stringify(pool.href)};
      const script = new URL(${JSON.stringify(script.href)});
      const pool = new ThreadPool({ doing: 'testing', script, size: 1, holdsProcess: 'free' });
      console.log(await pool.run('task', { timeoutMs: 20_000 }));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
