import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@waybill/jobs';
import { MemoryKeyHealth } from '@waybill/llm-routing';
import { createModelProvider } from './create-model-provider.js';
import { isStrictSchema } from './families/openai/is-strict-schema.js';

const surroundings = {
  ...{ keyHealth: new MemoryKeyHealth(), clock: systemClock, random: () => 0 },
  blobs: { read: async () => new Uint8Array() },
};
const keys = [{ id: 'a', secret: 's' }];

describe('createModelProvider', () => {
  it.each([
    [{ id: 'x', family: 'nobody', keys }, 'its family must be one of openai, '],
    [{ id: 'X y', family: 'openai', keys }, 'write lower-case letters'],
    [{ id: 'x', family: 'openai', keys: [] }, 'give at least one key'],
    [{ id: 'x', family: 'openai', keys: [...keys, ...keys] }, 'each key id may stand there once'],
    [{ id: 'x', family: 'azure-openai', keys }, 'name its "resource" or its "baseUrl"'],
    [{ id: 'x', family: 'openai-compatible', keys }, 'name its "baseUrl"'],
    [{ id: 'x', family: 'cloudflare-ai-gateway', keys }, 'name its "baseUrl"'],
    [{ id: 'x', family: 'portkey', keys }, 'need one of x-portkey-provider'],
    [{ id: 'x', family: 'google-vertex', keys: [{ id: 'a', secret: '{}' }] }, 'needs "project" and "region"'],
    [{ id: 'x', family: 'google-vertex', project: 'p', region: 'r', keys: [{ id: 'a', secret: '{' }] }, 'is not JSON'],
    [{ id: 'x', family: 'amazon-bedrock', keys }, 'needs a "region"'],
    [
      { id: 'x', family: 'amazon-bedrock', region: 'r', keys: [{ id: 'a', secret: 'AKIA1' }] },
      'as ACCESS-KEY-ID:SECRET',
    ],
    [{ id: 'x', family: 'vllm', baseUrl: 'localhost', keys }, 'baseUrl'],
  ])('refuses %j with a sentence', async (settings, sentence) => {
    await expect(createModelProvider(settings, surroundings)).rejects.toThrow(sentence);
  });
});

describe('isStrictSchema', () => {
  const closed = {
    type: 'object',
    properties: { a: { type: 'string' } },
    required: ['a'],
    additionalProperties: false,
  };

  it('wants every object closed and complete, however deep', () => {
    expect(isStrictSchema(closed)).toBe(true);
    expect(isStrictSchema({ type: 'array', items: closed })).toBe(true);
    expect(isStrictSchema({ ...closed, required: [] })).toBe(false);
    expect(isStrictSchema({ type: 'array', items: { ...closed, additionalProperties: true } })).toBe(false);
    expect(isStrictSchema({ anyOf: [closed, { type: 'object', properties: {} }] })).toBe(false);
  });
});
