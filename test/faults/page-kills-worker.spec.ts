import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { jobIdSchema } from '@waybill/contracts';
import { beginFaultRun, faultTenant, jobCount, proveNothingLost, submit } from './support/fault-run.js';
import { blankPdf } from './support/workload.js';

const preload = [join(import.meta.dirname, 'support', 'die-on-poison.mjs')];
const poisonId = jobIdSchema.parse('poisoned');

/** Invariant: a page that kills its worker at every delivery costs that page, and neither its job nor the others. */
describe('a page that kills its worker every time', () => {
  it.each([
    ['by a crash', 501, jobCount, {}],
    ['by taking all its memory', 502, 100, { WAYBILL_FAULT_HOW: 'memory', NODE_OPTIONS: '--max-old-space-size=192' }],
  ])(
    '%s ends as a dead letter, and its job as partial, beside others',
    async (_how, seed, jobs, env) => {
      const run = await beginFaultRun(seed, { services: { ocr: { preload, env } } }, jobs);
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
        expect(statuses).toMatchObject({ completed: jobs, partial: 1 });
        expect(deadLetters.map((letter) => [letter.jobId, letter.stage, letter.failure.code])).toEqual([
          [poisonId, expect.stringMatching(/^ocr-read-page/), 'worker-died'],
        ]);
      } finally {
        isOver = true;
        await run.close();
        await reviver;
      }
    },
    600_000,
  );
});
