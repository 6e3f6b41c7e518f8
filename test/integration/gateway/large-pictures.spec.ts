import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedCatalog, shippedPolicy, usefulSize } from '@waybill/llm-routing';
import { type ModelSimulator, startModelSimulator } from '@waybill/provider-simulator';
import sharp from 'sharp';
import { openAiClient } from '../../support/openai-client.js';
import { sentPictures } from '../reasoning/support/sent-pictures.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const passed = 'openai/gpt-5.4-mini';
const translated = 'anthropic/claude-haiku-4-5';

let simulator: ModelSimulator;
let gateway: TestGateway;
let folder: string;
let photo: string;
let small: string;

beforeAll(async () => {
  simulator = await startModelSimulator();
  folder = await mkdtemp(join(tmpdir(), 'waybill-pictures-'));
  gateway = await startGateway({ WAYBILL_MODEL_SIMULATOR_URL: simulator.url });
  // Noise is as large as a photograph of its size, in no time; turned, as telephones write theirs.
  const noise = { create: { width: 3_000, height: 2_000, channels: 3, background: '#808080' } } as const;
  const drawn = sharp({ ...noise, create: { ...noise.create, noise: { type: 'gaussian', mean: 128, sigma: 30 } } });
  photo = addressOf(await drawn.jpeg({ quality: 90 }).withMetadata({ orientation: 6 }).toBuffer());
  small = addressOf(
    await sharp({ create: { ...noise.create, width: 400, height: 300 } })
      .jpeg()
      .toBuffer(),
  );
});
afterAll(async () => {
  await gateway?.stop();
  await simulator?.close();
  if (folder) await rm(folder, { recursive: true });
});
beforeEach(() => simulator.reset());

const addressOf = (jpeg: Buffer): string => `data:image/jpeg;base64,${jpeg.toString('base64')}`;

function chatWith(model: string, urls: readonly string[]) {
  const parts = urls.map((url) => ({ type: 'image_url' as const, image_url: { url } }));
  const content = [{ type: 'text' as const, text: 'What is this?' }, ...parts];
  return { model, messages: [{ role: 'user' as const, content }] };
}

async function ask(model: string, urls: readonly string[], at = gateway): Promise<Headers> {
  const client = openAiClient(at.baseUrl);
  const { response } = await client.chat.completions.create(chatWith(model, urls)).withResponse();
  return response.headers;
}

/** The longest side of each request's last picture, as sent and as the model that was asked makes use of. */
const longSides = (): Promise<{ sent: number; useful: number }[]> =>
  Promise.all(
    simulator.requests.map(async (request) => {
      const card = shippedCatalog.models.find(({ model }) => model === request.call.model)!;
      const { widthPx, heightPx } = usefulSize(card, { widthPx: 2_000, heightPx: 3_000 }, 'high');
      const last = (await sentPictures(request)).at(-1)!;
      return { sent: Math.max(last.width, last.height), useful: Math.max(widthPx, heightPx) };
    }),
  );

describe('a picture that is larger than a model looks at', () => {
  it.each([
    ['passed through', passed],
    ['translated', translated],
  ])('is sent as large as it does, upright, and what is small goes as it came: %s', async (_how, model) => {
    const told = await ask(model, [small, photo]);
    const [first, second] = await sentPictures(simulator.requests[0]!);
    expect(first).toMatchObject({ width: 400, height: 300 });
    expect(JSON.stringify(simulator.requests[0]!.body)).toContain(small.slice(23));
    expect(second!.height).toBeGreaterThan(second!.width);
    const [{ sent, useful }] = (await longSides()) as [{ sent: number; useful: number }];
    expect(sent).toBe(useful);
    const [, count, before, after] = /^shrunk=(\d) of 2; bytes=(\d+)->(\d+)$/.exec(told.get('x-waybill-pictures')!)!;
    expect([count, before]).toEqual(['1', String(photo.length)]);
    expect(Number(after)).toBeLessThan(photo.length);
  });

  it('is sent so in a stream, too', async () => {
    const client = openAiClient(gateway.baseUrl);
    for await (const { choices } of await client.chat.completions.create({
      ...chatWith(passed, [photo]),
      stream: true,
    }))
      expect(choices).toHaveLength(1);
    for (const { sent, useful } of await longSides()) expect(sent).toBe(useful);
  });

  it('is made from what the client sent for each model that is asked', async () => {
    simulator.script({ behaviour: { kind: 'refuse', as: 'overloaded' }, times: 1 });
    await ask('waybill/best', [photo]);
    const sides = await longSides();
    expect(sides).toHaveLength(2);
    expect(sides.map(({ sent }) => sent)).toEqual(sides.map(({ useful }) => useful));
  });

  it('goes as it came where it cannot be decoded, for the provider to refuse', async () => {
    const cut = photo.slice(0, 400_000);
    const told = await ask(passed, [cut]);
    expect(told.get('x-waybill-pictures')).toBeNull();
    expect(JSON.stringify(simulator.requests[0]!.body)).toContain(cut.slice(23));
  });

  it('goes as it came where the policy says so', async () => {
    const policy = join(folder, 'policy.yaml');
    await writeFile(policy, JSON.stringify({ ...shippedPolicy, chatPictures: { shrink: 'never', aboveBytes: 0 } }));
    const own = await startGateway({ WAYBILL_MODEL_SIMULATOR_URL: simulator.url, WAYBILL_POLICY: policy });
    try {
      const told = await ask(passed, [photo], own);
      expect(told.get('x-waybill-pictures')).toBeNull();
      expect(JSON.stringify(simulator.requests[0]!.body)).toContain(photo.slice(23));
    } finally {
      await own.stop();
    }
  });
});
