import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobView, ResultView } from '@waybill/contracts';
import { drawSamples, type SampleFile } from '@waybill/samples';
import { temporaryFolder, type TemporaryFolder } from '../support/index.js';
import { processesOn } from './support/processes-on.js';
import { runWaybill, type Ending } from './support/run-waybill.js';

interface DemoReport {
  readonly jobs: readonly { file: string; status: string; job: JobView; result: ResultView }[];
}

let folder: TemporaryFolder;
let samples: readonly SampleFile[];

beforeAll(async () => {
  folder = await temporaryFolder('demo');
  samples = await drawSamples(join(folder.path, 'data', 'samples'));
});
afterAll(() => folder.remove());

const demo = (...parameters: string[]): Promise<Ending> =>
  runWaybill(['demo', '--data', join(folder.path, 'data'), ...parameters]);

describe('waybill demo', () => {
  let ending: Ending;
  let report: DemoReport;

  beforeAll(async () => {
    ending = await demo('--json');
    report = JSON.parse(ending.stdout) as DemoReport;
  });

  it('completes every sample', () => {
    expect({ code: ending.code, stderr: ending.stderr }).toEqual({ code: 0, stderr: '' });
    expect(report.jobs.map(({ status, job }) => [status, job.pages.done])).toEqual([
      ['completed', 1],
      ['completed', 1],
      ['completed', 3],
      ['completed', 2],
    ]);
  });

  it.each(['receipt-photo.jpg', 'invoice-scan.png', 'invoice-three-pages.pdf', 'letter-and-receipt.tiff'])(
    'finds what %s says',
    (name) => {
      const expected = samples.find((sample) => sample.name === name)?.expected;
      const [document] = report.jobs.find(({ file }) => file.endsWith(name))?.result.documents ?? [];
      expect(document?.kind).toBe(expected?.kind);
      for (const field of ['date', 'currency', 'total', 'tax', 'subtotal']) {
        expect({ [field]: document?.values?.[field] }).toEqual({ [field]: expected?.values[field] });
      }
      for (const { value, confidence, boxes, page } of document?.fields ?? []) {
        if (value === null) continue;
        expect(confidence).toBeGreaterThan(0);
        expect(boxes.length).toBeGreaterThan(0);
        expect(page).toBeGreaterThan(0);
      }
    },
  );

  it('leaves no process and no lock', async () => {
    expect(await processesOn(folder.path)).toEqual([]);
    expect((await runWaybill(['jobs', '--data', join(folder.path, 'data')])).code).toBe(69);
  });

  it('takes the files of the user, tells what became of each, and exits by it', async () => {
    const notes = join(folder.path, 'notes.json');
    await writeFile(notes, '{"is": "no document"}');
    const { code, stdout } = await demo(notes, samples[0]?.path ?? '');
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ notes\.json/);
    expect(stdout).toMatch(/✓ receipt-photo\.jpg\s+receipt\s+1\/1/);
    expect(stdout).toContain('1 of 2 jobs completed');
  });
});
