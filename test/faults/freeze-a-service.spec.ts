import { describe, expect, it } from '@jest/globals';
import type { TestService } from '../support/index.js';
import { startBeside } from './support/start-beside.js';
import { beginFaultRun, proveNothingLost } from './support/fault-run.js';

const jobs = 60;

/** Where it still is: a test that failed may have ended it. */
function thaw({ pid }: TestService): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It has ended.
  }
}

/**
 * Invariant: a process that stands still for longer than its messages wait, while another one takes its work, changes nothing
 * when it goes on in the middle of what it was doing.
 */
describe('a frozen process', () => {
  it.each([
    ['ocr', 1_201],
    ['reasoning', 1_202],
  ] as const)(
    'of %s thaws when its work has been done by another',
    async (name, seed) => {
      const run = await beginFaultRun(seed, {}, jobs);
      const frozen = run.stack.service(name);
      try {
        await run.ledger.ended(Math.floor(jobs / 4));
        process.kill(frozen.pid, 'SIGSTOP');
        const second = await startBeside(run.stack, name);
        try {
          // The client's submissions go on; what the frozen process holds comes back when its time to acknowledge is over.
          await run.ledger.ended(jobs);
          process.kill(frozen.pid, 'SIGCONT');
          const { statuses, deadLetters } = await proveNothingLost(run);
          expect(statuses).toMatchObject({ completed: jobs });
          expect(deadLetters).toEqual([]);
        } finally {
          await second.stop();
        }
      } finally {
        thaw(frozen);
        await run.close();
      }
    },
    600_000,
  );
});
