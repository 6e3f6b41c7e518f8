import type { HttpAnswer, RefusedKind, SimulatedAnswer, SimulatedCall, StreamEvent, Wire } from '../simulated-call.js';
import { inPieces } from './in-pieces.js';

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly source?: { readonly type: string; readonly url?: string };
}
interface MessagesBody {
  readonly model: string;
  readonly system?: string | Block[];
  readonly messages: { content: string | Block[] }[];
  readonly max_tokens: number;
  readonly stream?: boolean;
  readonly tools?: { name: string; input_schema: Record<string, unknown> }[];
  readonly tool_choice?: { type: string };
  readonly output_config?: { format?: { schema?: Record<string, unknown> } };
  readonly output_format?: { schema?: Record<string, unknown> };
}

/** POST /v1/messages */
export const anthropic: Wire = {
  api: 'anthropic',
  read(raw) {
    const body = raw as unknown as MessagesBody;
    const blocks = body.messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
    const textsOf = (content: string | Block[]) =>
      typeof content === 'string' ? [content] : content.flatMap(({ text }) => text ?? []);
    const [tool] = body.tools ?? [];
    const schema = body.output_config?.format?.schema ?? body.output_format?.schema;
    return {
      api: 'anthropic',
      model: body.model,
      instructions: textsOf(body.system ?? []),
      texts: body.messages.flatMap(({ content }) => textsOf(content)),
      images: blocks.filter(({ type }) => type === 'image').length,
      imageUrls: blocks.flatMap(({ type, source }) => (type === 'image' && source?.url) || []),
      pdfs: blocks.filter(({ type }) => type === 'document').length,
      ...(schema ? { schema } : {}),
      ...(tool
        ? {
            tool: {
              name: tool.name,
              schema: tool.input_schema,
              required: body.tool_choice?.type === 'any' || body.tool_choice?.type === 'tool',
            },
          }
        : {}),
      stream: body.stream === true,
      maxTokens: body.max_tokens,
    };
  },
  answer: (call, answer) => messageOf(call, answer),
  stream(call, answer): StreamEvent[] {
    const event = (type: string, facts: object): StreamEvent => ({ event: type, data: { type, ...facts } });
    const whole = messageOf(call, answer);
    const usage = { ...whole.usage, output_tokens: 1 };
    const open = answer.toolCall ? { ...toolUse(answer.toolCall), input: {} } : { type: 'text', text: '' };
    const deltas = answer.toolCall
      ? inPieces(JSON.stringify(answer.toolCall.input)).map((json) => ({
          type: 'input_json_delta',
          partial_json: json,
        }))
      : inPieces(answer.text).map((text) => ({ type: 'text_delta', text }));
    return [
      event('message_start', { message: { ...whole, content: [], stop_reason: null, usage } }),
      event('content_block_start', { index: 0, content_block: open }),
      event('ping', {}),
      ...deltas.map((delta) => event('content_block_delta', { index: 0, delta })),
      event('content_block_stop', { index: 0 }),
      event('message_delta', {
        delta: { stop_reason: endings[answer.ending], stop_sequence: null },
        usage: { output_tokens: answer.usage.output },
      }),
      event('message_stop', {}),
    ];
  },
  refuse(kind, retryAfterS): HttpAnswer {
    const [status, type, message] = refusals[kind];
    const reset = new Date(Date.now() + retryAfterS * 1_000).toISOString();
    const limits = {
      'retry-after': String(retryAfterS),
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': reset,
    };
    return {
      status,
      headers: { 'request-id': 'req_simulated', ...(kind === 'rate-limited' ? limits : {}) },
      body: { type: 'error', error: { type, message }, request_id: 'req_simulated' },
    };
  },
};

const endings = { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use', refusal: 'refusal' } as const;

const refusals: Readonly<Record<RefusedKind, readonly [number, string, string]>> = {
  'rate-limited': [
    ...([429, 'rate_limit_error'] as const),
    'This request would exceed your organization’s rate limit of 50 requests per minute.',
  ],
  'quota-used-up': [
    ...([400, 'invalid_request_error'] as const),
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ],
  overloaded: [529, 'overloaded_error', 'Overloaded'],
  'no-room': [529, 'overloaded_error', 'Overloaded'],
  'server-error': [500, 'api_error', 'Internal server error'],
  auth: [401, 'authentication_error', 'invalid x-api-key'],
  'context-too-long': [400, 'invalid_request_error', 'prompt is too long: 208310 tokens > 200000 maximum'],
  'bad-request': [400, 'invalid_request_error', 'messages: at least one message is required'],
  'picture-not-fetched': [
    ...([400, 'invalid_request_error'] as const),
    'Unable to download the file. Please verify the URL and try again.',
  ],
};

const toolUse = ({ name, input }: { name: string; input: unknown }) => ({
  ...{ type: 'tool_use', id: 'toolu_simulated', name, input },
});

const messageOf = ({ model }: SimulatedCall, { text, toolCall, ending, usage }: SimulatedAnswer) => ({
  ...{ id: 'msg_simulated', type: 'message', role: 'assistant', model },
  content: toolCall ? [toolUse(toolCall)] : [{ type: 'text', text }],
  ...{ stop_reason: endings[ending], stop_sequence: null },
  usage: {
    // Anthropic counts what came from the cache, or went there, apart from the rest of the input.
    input_tokens: usage.input - usage.cached - usage.cacheWritten,
    cache_creation_input_tokens: usage.cacheWritten,
    cache_read_input_tokens: usage.cached,
    output_tokens: usage.output,
    service_tier: 'standard',
  },
});
