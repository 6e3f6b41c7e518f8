import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Task } from '@waybill/contracts';
import { systemClock } from '@waybill/jobs';
import { MemoryKeyHealth, type Candidate, type ModelTask } from '@waybill/llm-routing';
import { createModelProvider } from '@waybill/model-providers';
import { type ModelSimulator, startModelSimulator } from '@waybill/provider-simulator';
import { taskKinds, type KindSubject, type TaskKindDefinition } from '@waybill/task-kinds';
import { laidOutPage } from './laid-out-page.js';

const note = laidOutPage(1, ['Delivery note of the Quellmark depot', 'Weight: 412.50 kg', 'Courier: Amara Okafor']);
const prices = laidOutPage(2, ['Loaves sold', 'Spring 12', 'Summer 30', 'Autumn 21'], {
  ...{ kind: 'chart', confidence: 0.9, class: 'visual', stage: 'read', version: 1 },
  kinds: [{ kind: 'chart', probability: 0.9 }],
});
const slip = laidOutPage(1, ['Quellmark Stores Ltd', 'Bread 3.00', 'TOTAL 3.00', 'CASH 5.00', 'CHANGE 2.00']);

let simulator: ModelSimulator;
beforeAll(async () => {
  simulator = await startModelSimulator({ models: { careless: { errorRate: 1 } } });
});
afterAll(() => simulator.close());

/** What a simulated model says to a task, as the kind of the task judges it. */
async function asked(task: Exclude<Task, { kind: 'read' }>, pages = [note, prices], model = 'careful') {
  const provider = await createModelProvider(
    { id: 'x', family: 'openai-compatible', baseUrl: `${simulator.url}/v1`, keys: [{ id: 'a', secret: 'a' }] },
    { keyHealth: new MemoryKeyHealth(), clock: systemClock, random: () => 0, blobs: { read: async () => slipBytes } },
  );
  const definition = taskKinds[task.kind] as unknown as TaskKindDefinition<ModelTask>;
  const whole: KindSubject = {
    ...{ task, pages, kind: 'text', difficulty: 0.2, fieldFloor: 0.8 },
    fetchPictures: async () => [],
  };
  const work = definition.work({ ...whole, pages: definition.pagesOf?.(whole) ?? pages });
  const [form] = work.forms(work.parts).filter(({ name }) => name !== 'facts');
  const asking = await work.ask({ card: { tier: 1 }, form } as unknown as Candidate, work.parts);
  const answer = await provider.call(
    { ...asking, model, maxOutputTokens: 4_000, deadline: new Date(Date.now() + 60_000), idempotencyKey: 'a' },
    new AbortController().signal,
  );
  return work.judge({ answer, tier: 1, quality: 0.9 }, undefined, work.parts);
}
const slipBytes = new Uint8Array();

describe('simulated models', () => {
  it('label a document by what stands on it', async () => {
    const labels = ['invoice', 'delivery note', 'receipt'];
    const told = await asked({ kind: 'classify', labels });
    expect(told).toMatchObject({ answer: { values: { label: 'delivery note' } }, open: [] });
    expect((await asked({ kind: 'classify', labels }, [slip])).answer.values).toEqual({ label: 'receipt' });
    expect((await asked({ kind: 'classify', labels }, [note], 'careless')).answer.values.label).not.toBe(
      'delivery note',
    );
  });

  it('describe every page that is meant, with what is printed there', async () => {
    const { answer, open } = await asked({ kind: 'describe' });
    expect(open).toEqual([]);
    expect(answer.values.descriptions).toMatchObject([
      { page: 1, printed: expect.arrayContaining(['Weight: 412.50 kg']) },
      { page: 2, description: expect.stringContaining('page 2, with 4 lines') },
    ]);
    expect((await asked({ kind: 'describe' }, [note], 'careless')).open).toEqual(['/page/1']);
  });

  it('answer a question with a quote, or say that nothing tells', async () => {
    const told = await asked({ kind: 'answer', question: 'Who is the courier?' });
    expect(told).toMatchObject({
      answer: { values: { answer: 'Amara Okafor', citations: [{ page: 1, quote: 'Courier: Amara Okafor' }] } },
      open: [],
    });
    const none = await asked({ kind: 'answer', question: 'Which colour had the lorry?' });
    expect(none.answer.values).toMatchObject({ answer: null, reason: expect.stringContaining('No line') });
  });

  it('read a chart by the numbers that are printed on it', async () => {
    const { answer, open } = await asked({ kind: 'chart' });
    expect(open).toEqual([]);
    expect(answer.values.charts).toMatchObject([
      {
        page: 2,
        title: 'Loaves sold',
        series: [{ points: [{ label: 'Spring', value: 12 }, { label: 'Summer', value: 30 }, { value: 21 }] }],
      },
    ]);
    expect((await asked({ kind: 'chart' }, [prices], 'careless')).open).toHaveLength(1);
  });

  it('reply with what the document says', async () => {
    const { answer } = await asked({ kind: 'chat', messages: [{ role: 'user', text: 'What is the weight?' }] });
    expect(answer.values.reply).toContain('Page 1 says: “Weight: 412.50 kg”.');
  });
});
