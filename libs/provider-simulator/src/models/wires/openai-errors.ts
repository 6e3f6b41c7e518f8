import type { HttpAnswer, RefusedKind } from '../simulated-call.js';

type Refusal = readonly [status: number, type: string, code: string | null, message: string, param?: string];

const refusals: Readonly<Record<RefusedKind, Refusal>> = {
  'rate-limited': [
    ...([429, 'requests', 'rate_limit_exceeded'] as const),
    'Rate limit reached for requests. Please try again later. Visit https://platform.openai.com/account/rate-limits to learn more.',
  ],
  'quota-used-up': [
    ...([429, 'insufficient_quota', 'insufficient_quota'] as const),
    'You exceeded your current quota, please check your plan and billing details.',
  ],
  overloaded: [503, 'server_error', null, 'The server is overloaded or not ready yet.'],
  'no-room': [429, 'server_error', 'resource_unavailable', 'Resource unavailable. Please try again later.'],
  'server-error': [
    ...([500, 'server_error', null] as const),
    'The server had an error while processing your request. Sorry about that!',
  ],
  auth: [
    ...([401, 'invalid_request_error', 'invalid_api_key'] as const),
    'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
  ],
  'context-too-long': [
    ...([400, 'invalid_request_error', 'context_length_exceeded'] as const),
    "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens. Please reduce the length of the messages.",
  ],
  'picture-not-fetched': [400, 'invalid_request_error', 'invalid_value', 'Error while downloading {url}.', 'url'],
  'bad-request': [400, 'invalid_request_error', 'invalid_value', "Invalid value: 'x'. Supported values are: 'y'."],
};

/** OpenAI's error object, and the headers that come with a rate limit. */
export function refuseAsOpenAi(kind: RefusedKind, retryAfterS: number, url = 'the image'): HttpAnswer {
  const [status, type, code, message, param = null] = refusals[kind];
  const limits = {
    'retry-after': String(retryAfterS),
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': `${retryAfterS}s`,
  };
  return {
    status,
    headers: { 'x-request-id': 'req_simulated', ...(kind === 'rate-limited' ? limits : {}) },
    body: { error: { message: message.replace('{url}', () => url), type, param, code } },
  };
}
