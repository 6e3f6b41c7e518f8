import * as contracts from '@waybill/contracts';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { layOutPage } from '@waybill/document-layout';
import { storyOf } from '../integration/results/job-stories.js';
import { drawReading } from '../../libs/document-layout/src/testing/draw-reading.js';
import { fuzzTimeoutMs, mutants, Tally, type Finding } from './fuzz-plan.js';
import { mutateJson } from './mutate-json.js';

const schemas = Object.entries(contracts).flatMap(([name, value]) =>
  value instanceof z.ZodType ? [[name, value] as const] : [],
);

const submission = {
  id: 'a',
  tenant: 'acme',
  documents: [
    { inline: 'AAAA', name: 'a.pdf' },
    { url: 'https://example.org/a.pdf' },
    { object: 'a/b', password: 'p' },
  ],
  task: { kind: 'extract', schema: { type: 'object', properties: { total: { type: 'number' } } } },
  reading: { languages: ['eng'] },
  routing: { tier: 'cheap', maxCostUsd: 1, deadline: '2030-01-01T00:00:00.000Z', regions: ['eu'], priority: 'high' },
  callback: { url: 'https://example.org/hook' },
  metadata: { a: 'b' },
  tags: ['c'],
};
/** Sound values of the schemas that messages and bodies are read by. */
const sound: readonly unknown[] = [
  submission,
  { ...submission, task: { kind: 'chat', messages: [{ role: 'user', text: 'Who?' }] } },
  { ...submission, task: { kind: 'classify', labels: ['letter', 'bill'] } },
  ...storyOf('a', { pages: 2, failedPages: [2], callbackUrl: 'https://example.org/hook', tags: ['t'] }),
  layOutPage(drawReading([{ x: 50, y: 50, text: 'Total 12.50' }])),
];
/** How long one value may keep whoever reads it. */
const patienceMs = 2_000;

/** Invariant: whatever stands in a message, reading it ends soon, throws nothing, and pollutes nothing. */
describe('messages', () => {
  it('that are sound are taken by some contract', () => {
    for (const value of sound) expect(schemas.some(([, schema]) => schema.safeParse(value).success)).toBe(true);
  });

  it(
    'that are wrong in any way are taken or refused by every contract',
    () => {
      const findings: Finding[] = [];
      const tally = new Tally();
      for (const { seed, chance } of mutants(15)) {
        for (const [at, value] of sound.entries()) {
          const mutant = mutateJson(chance, value);
          for (const [name, schema] of schemas) {
            const finding = problemWith(schema, mutant, (ending) => tally.add(ending));
            if (finding) findings.push({ base: `${at} as ${name}`, seed, says: finding });
          }
        }
      }
      tally.tell('messages');
      expect(findings).toEqual([]);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
    fuzzTimeoutMs,
  );
});

function problemWith(schema: z.ZodType, value: unknown, tell: (ending: string) => void): string | undefined {
  const startMs = performance.now();
  try {
    const parsed = schema.safeParse(value);
    tell(parsed.success ? 'taken' : 'refused');
    if (parsed.success) JSON.stringify(parsed.data);
    else if (parsed.error.issues.length === 0) return 'refused without a reason';
  } catch (error) {
    return `threw ${String(error)}`;
  }
  const ms = performance.now() - startMs;
  return ms > patienceMs ? `took ${ms} ms` : undefined;
}
