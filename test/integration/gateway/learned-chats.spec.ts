import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type OpenAI from 'openai';
import {
  findModel,
  learnPrior,
  priorToFile,
  shippedCatalog,
  shippedPolicy,
  type RoutingRecord,
} from '@waybill/llm-routing';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { openAiClient } from '../../support/openai-client.js';
import { startGateway, type TestGateway } from './start-gateway.js';

/** Two topics: of one the weak model knows nothing, of the other everything. */
const gardens = 'roses tulips hedges lawns seeds compost pruning blossom shrubs orchard ponds mulch'.split(' ');
const engines = 'pistons valves torque gears clutch exhaust camshaft ignition gasket throttle axle turbine'.split(' ');
const records = Array.from({ length: 160 }, (_, index): RoutingRecord => {
  const topic = index % 2 === 0 ? gardens : engines;
  const word = (step: number): string => topic[(index * step + step) % topic.length] ?? '';
  const prompt = `In workshop number ${index}, how do ${word(3)} and ${word(5)} change ${word(7)} in the year?`;
  return { source: 'workshop', prompt, weak: topic === engines ? 0 : 1, strong: 1 };
});
const hard = 'In workshop number 301, how do pistons and gasket change clutch in the year?';
const easy = 'In workshop number 302, how do lawns and compost change blossom in the year?';
const strange = 'Zwanzig gelbe Kraniche fliegen ostwärts?';

let folder: string;
let simulator: ModelSimulator;
let gateway: TestGateway;
let client: OpenAI;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-learned-chats-'));
  const [prior, policy] = [join(folder, 'prior.json'), join(folder, 'policy.yaml')];
  const learned = learnPrior({ weak: 'small', strong: 'large' }, records, 1);
  const stamp = { provenance: 'invented', learnedAt: '2026-11-01T00:00:00Z' };
  await writeFile(prior, JSON.stringify(priorToFile(learned.prior, stamp)));
  // Cheap models are expected to reach this floor in what is easy, and to miss it in what is hard.
  await writeFile(policy, JSON.stringify({ ...shippedPolicy, floor: { default: 0.8, byTask: {} } }));
  simulator = await startModelSimulator();
  const files = { WAYBILL_ROUTING_PRIOR: prior, WAYBILL_POLICY: policy };
  gateway = await startGateway({ WAYBILL_MODEL_SIMULATOR_URL: simulator.url, ...files });
  client = openAiClient(gateway.baseUrl);
});
afterAll(async () => {
  await gateway?.stop();
  await simulator?.close();
  await rm(folder, { recursive: true });
});

type Content = OpenAI.ChatCompletionUserMessageParam['content'];
async function asked(content: Content, model = 'waybill/auto') {
  const messages = [
    { role: 'system' as const, content: 'Answer in a sentence.' },
    ...[
      { role: 'user' as const, content: 'Hello' },
      { role: 'assistant' as const, content: 'Good day.' },
    ],
    { role: 'user' as const, content },
  ];
  const { response } = await client.chat.completions.create({ model, messages }).withResponse();
  const { tier } = findModel(shippedCatalog, response.headers.get('x-waybill-model') ?? '') ?? {};
  const [score, prior, how] = response.headers.get('x-waybill-difficulty')?.split('; ') ?? [];
  return { tier, score: Number(score), prior, how };
}

describe('waybill/auto with a learned prior', () => {
  it('asks who is good enough for the last question, by what was learned of such', async () => {
    const [above, below] = [await asked(hard), await asked(easy)];
    expect(above).toMatchObject({ how: 'learned', prior: expect.stringMatching(/^prior-[0-9a-f]{12}$/), tier: 2 });
    expect(below).toMatchObject({ how: 'learned', prior: above.prior, tier: 1 });
    expect([above.score > 0.66, below.score < 0.66]).toEqual([true, true]);
  });

  it('finds the question among parts and pictures, without the pictures', async () => {
    const url = `data:image/png;base64,${Buffer.alloc(300_000, 7).toString('base64')}`;
    const withPicture = [
      { type: 'text' as const, text: hard },
      { type: 'image_url' as const, image_url: { url } },
    ];
    expect(await asked(withPicture)).toMatchObject({ how: 'learned', score: (await asked(hard)).score });
  });

  it('says so where it has learned nothing of such a question, or does not read it, and takes it as without', async () => {
    expect(await asked(strange)).toMatchObject({ how: 'out-of-domain', score: 0.5, tier: 1 });
    expect(await asked(`${hard} `.repeat(1_000))).toMatchObject({ how: 'unread', score: 0.5 });
  });

  it('is not asked for names that say themselves what they want', async () => {
    for (const model of ['waybill/cheap', 'waybill/best', 'openai/gpt-5.4-mini']) {
      expect((await asked(hard, model)).how).toBeUndefined();
    }
  });

  it('is told in the headers of a stream, too', async () => {
    const stream = {
      model: 'waybill/auto',
      stream: true as const,
      messages: [{ role: 'user' as const, content: hard }],
    };
    const { data, response } = await client.chat.completions.create(stream).withResponse();
    for await (const _chunk of data) continue;
    expect(response.headers.get('x-waybill-difficulty')).toMatch(/; learned$/);
  });
});
