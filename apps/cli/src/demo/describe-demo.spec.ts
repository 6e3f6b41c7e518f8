import { describe, expect, it } from '@jest/globals';
import { jobLinks, jobViewSchema, resultViewSchema } from '@waybill/contracts';
import pc from 'picocolors';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { describeDemo } from './describe-demo.js';

const colours = pc.createColors(false);
const at = '2026-01-01T00:00:00.000Z';
const job = jobViewSchema.parse({
  id: 'a',
  tenant: 'default',
  status: 'partial',
  pages: { done: 3, failed: 1, total: 3 },
  documents: [],
  problems: [{ code: 'unreadable-page', message: 'Page 2 is blank.' }],
  attempts: 3,
  costUsd: 0.0021,
  timings: { planMs: 84, readMs: 2_449, answerMs: 12, totalMs: 2_545, steps: { read: {}, answer: {} } },
  metadata: {},
  tags: [],
  createdAt: at,
  links: jobLinks('a'),
});
const found = { boxes: [], words: [] };
const result = resultViewSchema.parse({
  version: 1,
  id: 'a',
  tenant: 'default',
  status: 'partial',
  task: 'extract',
  documents: [
    {
      document: 0,
      mediaType: 'image/png',
      kind: 'receipt',
      pages: 3,
      pagesRead: 2,
      readingConfidence: 0.9,
      fields: [
        { ...found, path: '/merchant', value: 'Corner Bakery', confidence: 0.9312, page: 1 },
        { ...found, path: '/total', value: 42.1, confidence: 0.97, page: 1 },
        { ...found, path: '/tax', value: null, confidence: 0, reason: 'No line names a tax.' },
        { ...found, path: '/lineItems/0/amount', value: 40, confidence: 0.9, page: 1 },
        { ...found, path: '/lineItems/1/amount', value: 2.1, confidence: 0.8, page: 1 },
      ],
      models: [],
      problems: [],
    },
  ],
  problems: [],
  costUsd: 0.0021,
  finishedAt: at,
});

describe('describeDemo', () => {
  it('shows kind, pages, fields with how sure they are, times by stage, and cost', () => {
    const file = { path: '/a.png', name: 'a.png' };
    const ended = { submitted: { file, id: job.id, outcome: { kind: 'ended' as const, job } }, result };
    const refusal = new CliError(exitCodes.refused, 'The media type is not supported.');
    const refused = {
      file: { path: '/b.txt', name: 'b.txt' },
      id: job.id,
      outcome: { kind: 'refused' as const, error: refusal },
    };
    const jobs = [ended, { submitted: refused, result: undefined }];
    const linesAt = (columns: number): string[] => describeDemo(jobs, columns, colours).split('\n');
    expect(linesAt(140)).toEqual([
      '  job     kind      pages   fields found (how sure)            time                 cost',
      '◐ a.png   receipt     2/3   merchant   Corner Bakery (0.93)    plan      84 ms   $0.0021',
      '                            total      42.10 (0.97)            read      2.4 s',
      '                            lineItems  2 rows (0.85)           answer    12 ms',
      '                            not found: tax                     in all    2.5 s',
      '                            ! Page 2 is blank.',
      '',
      '✗ b.txt                     The media type is not supported.',
    ]);
    expect(linesAt(80).slice(0, 4)).toEqual([
      '  job                   fields found (how sure)            time                 cost',
      '◐ a.png                 merchant   Corner Bake… (0.93)     plan      84 ms   $0.0021',
      '  receipt · 2/3 pages   total      42.10 (0.97)            read      2.4 s',
      '                        lineItems  2 rows (0.85)           answer    12 ms',
    ]);
  });
});
