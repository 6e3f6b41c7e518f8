import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LastAttemptGate } from './last-attempt-gate.js';

describe('LastAttemptGate', () => {
  it('never lets anything run beside a last attempt, and lets everything run in the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 20 }), fc.scheduler(), async (lastAttempts, scheduler) => {
        const gate = new LastAttemptGate();
        let together = 0;
        let alone = 0;
        const runs = lastAttempts.map((isLast, index) => {
          const work = async (): Promise<void> => {
            if (isLast) alone += 1;
            else together += 1;
            expect(alone === 0 || (alone === 1 && together === 0)).toBe(true);
            await scheduler.schedule(Promise.resolve(), `work ${index}`);
            if (isLast) alone -= 1;
            else together -= 1;
          };
          return isLast ? gate.runAlone(work) : gate.runTogether(work);
        });
        await scheduler.waitFor(Promise.all(runs));
        expect([alone, together]).toEqual([0, 0]);
      }),
    );
  });

  it('lets others go on when a run throws', async () => {
    const gate = new LastAttemptGate();
    const failing = gate.runAlone(() => Promise.reject(new Error('no')));
    const next = gate.runTogether(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
