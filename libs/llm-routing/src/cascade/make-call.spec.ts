import { describe, expect, it } from '@jest/globals';
import type { CallOutcome } from '../ports/route-state.js';
import type { ModelAnswer, ModelEvent } from '../provider/model-answer.js';
import { ModelError } from '../provider/model-error.js';
import type { ModelProvider } from '../provider/model-provider.js';
import { makeCall, type Call } from './make-call.js';
import { picturesSent, withBilledTokens } from './pictures-sent.js';

const usage = {
  ...{ inputTokens: 10, outputTokens: 5, cachedInputTokens: 0 },
  ...{ cacheWrittenInputTokens: 0, imageTokens: 0, reasoningTokens: 0 },
};
const answer: ModelAnswer = { text: 'Yes.', toolCalls: [], finish: 'stop', usage, model: 'm', raw: null };
const never = new AbortController().signal;

class Scene {
  nowMs = 0;
  reported: CallOutcome | undefined;
  readonly clock = { now: () => new Date(this.nowMs) };

  call(provider: ModelProvider, streaming: boolean, request: Partial<Call['request']> = {}): Promise<unknown> {
    const card = { id: 'x/m', tier: 1, capabilities: { streaming } };
    const chosen = { card, form: { pictures: [] }, inputTokens: { expected: 10 } } as unknown as Call['chosen'];
    const admission = {
      kind: 'admitted' as const,
      report: async (outcome: CallOutcome) => void (this.reported = outcome),
    };
    return makeCall({ provider, chosen, request: request as Call['request'], admission }, this.clock, never);
  }
}

describe('makeCall', () => {
  it('measures the first token where the answer is streamed', async () => {
    const scene = new Scene();
    async function* stream(): AsyncGenerator<ModelEvent> {
      scene.nowMs = 120;
      yield { type: 'reasoning', text: '…' };
      scene.nowMs = 900;
      yield { type: 'text', text: 'Yes.' };
      yield { type: 'answer', answer };
    }
    const call = () => Promise.reject(new Error('not this way'));
    expect(await scene.call({ id: 'x', call, stream }, true)).toMatchObject({ answer, durationMs: 900 });
    expect(scene.reported).toMatchObject({ kind: 'answered', firstTokenMs: 120, totalMs: 900 });
  });

  it('does not guess it where the answer comes whole', async () => {
    const scene = new Scene();
    await scene.call({ id: 'x', call: async () => answer }, true);
    expect(scene.reported).toMatchObject({ kind: 'answered', totalMs: 0 });
    expect(scene.reported).not.toHaveProperty('firstTokenMs');
  });

  it('learns no times from another service, and blames nobody when flex has no room', async () => {
    const scene = new Scene();
    async function* stream(): AsyncGenerator<ModelEvent> {
      yield { type: 'answer', answer };
    }
    const answering = { id: 'x', call: async () => answer, stream };
    expect(await scene.call(answering, true, { service: 'flex' })).toMatchObject({ service: 'flex' });
    expect(scene.reported).not.toHaveProperty('firstTokenMs');
    const full = { id: 'x', call: () => Promise.reject(new ModelError('overloaded', 'No room.')) };
    expect(await scene.call(full, false, { service: 'flex' })).toMatchObject({ error: { kind: 'overloaded' } });
    expect(scene.reported).toEqual({ kind: 'abandoned' });
    await scene.call(full, false);
    expect(scene.reported).toMatchObject({ kind: 'failed' });
  });

  it('takes a stream that ends without an answer for a cut one', async () => {
    const scene = new Scene();
    async function* stream(): AsyncGenerator<ModelEvent> {
      yield { type: 'text', text: 'Ye' };
    }
    const end = await scene.call({ id: 'x', call: async () => answer, stream }, true);
    expect(end).toMatchObject({ error: { kind: 'truncated' } });
  });
});

describe('pictures that were sent', () => {
  const part = (page: number, widthPx: number) => ({
    ...{
      type: 'image' as const,
      mediaType: 'image/jpeg',
      source: { bytes: new Uint8Array(7) },
      detail: 'high' as const,
    },
    shows: { page, widthPx, heightPx: 512 },
  });
  const tiles = { rule: 'openai-tiles', baseTokens: 85, tileTokens: 170, billed: { least: 1, most: 1 } } as const;
  const imageRule = tiles as unknown as Parameters<typeof picturesSent>[1]['imageRule'];

  it('are estimated one by one, and share what was billed, to the token', () => {
    const images = picturesSent([{ role: 'user', parts: [part(1, 512), part(4, 1_024)] }], { imageRule });
    expect(images).toEqual([
      { page: 1, estimatedTokens: 255, bytes: 7, width: 512, height: 512, detail: 'high' },
      { page: 4, estimatedTokens: 425, bytes: 7, width: 1_024, height: 512, detail: 'high' },
    ]);
    const billed = withBilledTokens(images, { ...usage, imageTokens: 101 }).map(({ billedTokens }) => billedTokens!);
    expect(billed).toEqual([38, 63]);
    expect(withBilledTokens(images, usage)).toEqual(images);
  });
});
