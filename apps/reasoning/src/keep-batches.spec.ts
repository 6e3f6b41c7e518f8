import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { KeepBatches } from './keep-batches.js';

it('keeps batches again after a round that failed, until it is told to stop', async () => {
  let rounds = 0;
  let tellThird: () => void;
  const third = new Promise<void>((resolve) => (tellThird = resolve));
  const round = async (): Promise<void> => {
    rounds += 1;
    if (rounds === 3) tellThird();
    if (rounds === 1) throw new Error('away');
  };
  const keeping = new KeepBatches({ round }, () => 1, pino({ level: 'silent' }));
  // Its own timer keeps no process alive.
  const alive = setInterval(() => undefined, 1_000);
  keeping.onApplicationBootstrap();
  await third;
  await keeping.onModuleDestroy();
  clearInterval(alive);
  const before = rounds;
  keeping.onApplicationBootstrap();
  await keeping.onModuleDestroy();
  expect(rounds).toBe(before);
});
