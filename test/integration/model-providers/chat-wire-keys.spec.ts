import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '@waybill/jobs';
import { CallStop, MemoryKeyHealth, type ChatWire } from '@waybill/llm-routing';
import { createChatWire } from '@waybill/model-providers';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';

let simulator: ModelSimulator;
beforeAll(async () => {
  simulator = await startModelSimulator();
});
afterAll(() => simulator.close());

const ask = (wire: ChatWire, model: string): Promise<unknown> => {
  const body = { model, messages: [{ role: 'user', content: 'Say yes.' }] };
  return wire.ask({ bytes: () => [Buffer.from(JSON.stringify(body))] }, model, new CallStop()).then(
    (answer) => JSON.parse(answer.toString()) as unknown,
    (error: unknown) => error,
  );
};

describe('the keys of a chat wire', () => {
  it('rests a key that is limited for this model alone', async () => {
    const wire = createChatWire(
      { id: 'played', family: 'openai', baseUrl: `${simulator.url}/v1`, keys: [{ id: 'a', secret: 'secret-a' }] },
      { keyHealth: new MemoryKeyHealth(), clock: systemClock, random: () => 0 },
    )!;
    simulator.script({ model: 'large', behaviour: { kind: 'refuse', as: 'rate-limited', retryAfterS: 60 } });
    expect(await ask(wire, 'large')).toMatchObject({ kind: 'rate-limited' });
    const before = simulator.requests.length;
    expect(await ask(wire, 'large')).toMatchObject({ kind: 'rate-limited' });
    expect(simulator.requests).toHaveLength(before);
    expect(await ask(wire, 'small')).toMatchObject({ model: 'small' });
    await wire.close();
  });
});
