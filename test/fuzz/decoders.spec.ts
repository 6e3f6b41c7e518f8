import { afterAll, describe, expect, it } from '@jest/globals';
import { DecodingProcess, mostMb } from './decoding-process.js';
import { drawnDocuments } from './drawn-documents.js';
import { fuzzTimeoutMs, mutants, Tally, type Finding } from './fuzz-plan.js';
import { mutateBytes } from './mutate-bytes.js';

const decoding = new DecodingProcess();
afterAll(() => decoding.stop());

/** Invariant: whatever bytes a document has, its process lives, within time and memory, and says what became of it. */
describe('documents of every format', () => {
  it('that are sound are read, or refused for what is not there', async () => {
    for (const [name, bytes] of await drawnDocuments()) {
      const end = await decoding.decode(bytes, name);
      expect([name, end.outcome, end.code]).toEqual([name, ...expectedOf(name)]);
    }
  });

  it(
    'that are damaged at random are read or refused with a sentence',
    async () => {
      const bases = [...(await drawnDocuments())];
      const findings: Finding[] = [];
      const tally = new Tally();
      for (const { seed, chance } of mutants(6)) {
        for (const [at, [name, bytes]] of bases.entries()) {
          const other = bases[(at + seed) % bases.length]![1];
          // Half of them keep their name, which must not contradict what they have become.
          const end = await decoding.decode(mutateBytes(chance, bytes, other), chance() < 0.5 ? name : 'scan');
          tally.add(end.code ?? end.outcome);
          const isWrong = ['bug', 'died', 'hung'].includes(end.outcome) || end.peakMb > mostMb || end.says === '';
          if (isWrong) findings.push({ base: name, seed, says: `${end.outcome}, ${end.peakMb} MB: ${end.says}` });
        }
      }
      tally.tell('documents');
      expect(findings).toEqual([]);
    },
    fuzzTimeoutMs,
  );
});

/** Without LibreOffice, Office documents and HTML are looked at and then refused. */
function expectedOf(name: string): readonly [outcome: string, code: string | undefined] {
  if (/\.(docx|xlsx|pptx|html)$/.test(name)) return ['refused', 'unsupported-format'];
  if (name === 'a.heic') return ['refused', 'unreadable-page'];
  return name === 'locked.pdf' ? ['refused', 'unreadable-document'] : ['read', undefined];
}
