import { describe, expect, it } from '@jest/globals';
import { classifyRefusal, sentenceOf } from './classify-refusal.js';
import { reopeningTime } from './reopening-time.js';
import { translateError } from './translate-error.js';

const now = new Date('2026-11-21T10:00:00Z');

describe('reopeningTime', () => {
  it.each<[Record<string, string>, unknown, number | undefined]>([
    [{ 'retry-after': '7' }, null, 7_000],
    [{ 'retry-after-ms': '250', 'retry-after': '1' }, null, 250],
    [{ 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT' }, null, 30_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' }, null, 0],
    [{ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '6m0.5s' }, null, 360_500],
    [{ 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '350ms' }, null, 350],
    [{ 'x-ratelimit-remaining-requests': '9', 'x-ratelimit-reset-requests': '6m' }, null, undefined],
    [{ 'anthropic-ratelimit-requests-reset': '2026-11-21T10:00:05Z' }, null, 5_000],
    [{}, { error: { details: [{ '@type': 'x' }, { retryDelay: '34s' }] } }, 34_000],
    [{ 'retry-after': '999999' }, null, 86_400_000],
    [{ 'retry-after': 'soon' }, 'no object', undefined],
  ])('reads %j and %j', (headers, body, waitMs) => {
    const until = reopeningTime(headers, body, now);
    expect(until && until.getTime() - now.getTime()).toBe(waitMs);
  });
});

describe('classifyRefusal', () => {
  it.each([
    [400, "This model's maximum context length is 8192 tokens", 'context-too-long'],
    [400, 'prompt is too long: 208310 tokens > 200000 maximum', 'context-too-long'],
    [400, 'The input token count (1200000) exceeds the maximum number of tokens allowed', 'context-too-long'],
    [400, 'the request exceeds the available context size, context window is 4096', 'context-too-long'],
    [400, '{"error":{"code":"content_filter","message":"ResponsibleAIPolicyViolation"}}', 'content-refused'],
    [400, 'API key not valid. Please pass a valid API key.', 'auth'],
    [400, 'Your credit balance is too low', 'auth'],
    [400, 'temperature: must be at most 1', 'bad-request'],
    [404, 'The model does not exist', 'bad-request'],
    [413, 'Request exceeds the maximum size', 'bad-request'],
    [402, 'Insufficient credits', 'auth'],
    [403, 'Forbidden', 'auth'],
    [429, 'insufficient_quota', 'auth'],
    [429, 'Too many requests', 'rate-limited'],
    [429, '{"error":{"message":"Resource Unavailable","code":"resource_unavailable"}}', 'overloaded'],
    [408, '', 'timeout'],
    [504, '', 'timeout'],
    [400, 'Input is too long for requested model.', 'context-too-long'],
    [424, 'The model returned an error', 'unknown'],
    [500, '', 'unknown'],
    [500, 'Overloaded', 'overloaded'],
    [502, '', 'overloaded'],
    [529, 'Overloaded', 'overloaded'],
  ] as const)('calls %d %j %s', (status, text, kind) => {
    expect(classifyRefusal(status, text)).toBe(kind);
  });

  it.each([
    [{ message: 'Too many requests, please wait before trying again.' }, 'rate-limited'],
    [{ message: 'Bedrock is unable to process your request.' }, 'overloaded'],
    [{ type: 'error', error: { type: 'overloaded_error' } }, 'overloaded'],
    [new TypeError('terminated'), 'truncated'],
    [{ message: 'The model made a mistake.' }, 'unknown'],
  ])('calls what is told in the middle of a stream what it is: %j', (error, kind) => {
    expect(translateError(error, { provider: 'x', model: 'm' }, new Date()).kind).toBe(kind);
  });

  it('quotes the provider, briefly', () => {
    expect(sentenceOf({ error: { message: 'Not\n this.' } }, '')).toBe('Not this.');
    expect(sentenceOf({ detail: 'Not that.' }, '')).toBe('Not that.');
    expect(sentenceOf(undefined, 'x'.repeat(999))).toHaveLength(300);
  });
});
