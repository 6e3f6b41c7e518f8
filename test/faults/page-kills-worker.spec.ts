import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { jobIdSchema } from '@waybill/contracts';
import { beginFaultRun, faultTenant, jobCount, proveNothingLost, submit } from './support/fault-run.js';
import { blankPdf } from './support/workload.js';

const preload = [join(import.meta.dirname, 'support', 'die-on-poison.mjs')];
const poisonId = jobIdSchema.parse('poisoned');

/** Invariant: a page that kills its worker at every delivery costs that page, and neither its job nor the others. */
describe('a page that kills its worker every time', () => {
  it('ends as a dead letter, and its job as partial, beside 500 jobs', async () => {
    const run = await beginFaultRun(501, { services: { ocr: { preload } } });
    let isOver = false;
    const reviver = (async () => {
      while (!isOver) {
        await run.stack.service('ocr').ended;
        if (!isOver) await run.stack.startAgain('ocr');
      }
    })();
    try {
      const inline = blankPdf(3).toString('base64');
      await submit(run, {
        id: poisonId,
        tenant: faultTenant,
        documents: [{ inline, name: 'kills-its-worker.png' }],
        task: { kind: 'read' },
      });
      const { statuses, deadLetters } = await proveNothingLost(run);
      expect(statuses).toMatchObject({ completed: jobCount, partial: 1 });
      expect(deadLetters.map((letter) => [letter.jobId, letter.stage, letter.failure.code])).toEqual([
        [poisonId, expect.stringMatching(/^ocr-read-page/), 'worker-died'],
      ]);
    } finally {
      isOver = true;
      await run.close();
      await reviver;
    }
  }, 150_000);
});
