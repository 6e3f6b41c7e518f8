import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { RepeatedSweep, type Sweep } from './repeated-sweep.js';

/** Its own timer keeps no process alive. */
let alive: NodeJS.Timeout;
beforeEach(() => {
  alive = setInterval(() => undefined, 1_000);
});
afterEach(() => clearInterval(alive));

/** A sweep that does what the list says, and what was logged when the last of it has been done. */
async function logged(looks: readonly ('works' | 'is away' | 'breaks')[]) {
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(line) });
  let rounds = 0;
  let tellLast: () => void;
  const last = new Promise<void>((resolve) => (tellLast = resolve));
  const sweep: Sweep = {
    name: 'leaves',
    async run() {
      const look = looks[rounds++];
      if (look === undefined) tellLast();
      if (look === 'is away') throw Object.assign(new Error('away'), { retryable: true });
      if (look === 'breaks') throw new Error('broken');
    },
  };
  const sweeping = new RepeatedSweep([sweep], () => 1, logger);
  sweeping.onApplicationBootstrap();
  await last;
  await sweeping.onModuleDestroy();
  const before = rounds;
  sweeping.onApplicationBootstrap();
  await sweeping.onModuleDestroy();
  expect(rounds).toBe(before);
  return lines.map((line) => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    return [level, msg];
  });
}

it('looks again after a look that failed, until it is told to stop, and says once that it fails', async () => {
  expect(await logged(['breaks', 'breaks', 'works', 'is away', 'is away', 'works'])).toEqual([
    [50, 'Looking for leaves failed; trying again.'],
    [40, 'Looking for leaves is not possible now; trying again.'],
  ]);
});

it('waits for the look that is under way, and tells it to end', async () => {
  let tellBegun: () => void;
  const begun = new Promise<void>((resolve) => (tellBegun = resolve));
  let hasEnded = false;
  const patient: Sweep = {
    name: 'leaves',
    run: (signal) =>
      new Promise((_resolve, reject) => {
        tellBegun();
        signal.addEventListener('abort', () => {
          hasEnded = true;
          reject(new Error('stopped'));
        });
      }),
  };
  const lines: string[] = [];
  const sweeping = new RepeatedSweep([patient], () => 1, pino({}, { write: (line: string) => lines.push(line) }));
  sweeping.onApplicationBootstrap();
  await begun;
  await sweeping.onModuleDestroy();
  expect([hasEnded, lines]).toEqual([true, []]);
});
