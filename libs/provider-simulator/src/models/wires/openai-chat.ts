import type { SimulatedAnswer, SimulatedCall, StreamEvent, Wire } from '../simulated-call.js';
import { inPieces } from './in-pieces.js';
import { isAddress } from './is-address.js';
import { refuseAsOpenAi } from './openai-errors.js';
import { serviceTierOf } from './service-tier-of.js';

interface ChatMessage {
  readonly role: string;
  readonly content?: string | { type: string; text?: string; image_url?: { url: string } }[] | null;
}
interface ChatBody {
  readonly model: string;
  readonly messages: ChatMessage[];
  readonly service_tier?: string | null;
  readonly stream?: boolean;
  readonly stream_options?: { include_usage?: boolean };
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly tools?: { function: { name: string; parameters: Record<string, unknown> } }[];
  readonly tool_choice?: unknown;
  readonly response_format?: { json_schema?: { schema: Record<string, unknown> } };
}

const isInstruction = ({ role }: ChatMessage) => role === 'system' || role === 'developer';
const textsOf = ({ content }: ChatMessage): string[] =>
  typeof content === 'string' ? [content] : (content ?? []).flatMap(({ text }) => text ?? []);

const created = 1_795_255_200;

/** POST /v1/chat/completions */
export const openAiChat: Wire = {
  api: 'openai-chat',
  read(raw) {
    const body = raw as unknown as ChatBody;
    const parts = body.messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
    const [tool] = body.tools ?? [];
    const schema = body.response_format?.json_schema?.schema;
    return {
      api: 'openai-chat',
      model: body.model,
      instructions: body.messages.filter(isInstruction).flatMap(textsOf),
      texts: body.messages.filter((message) => !isInstruction(message)).flatMap(textsOf),
      images: parts.filter(({ type }) => type === 'image_url').length,
      imageUrls: parts.flatMap(({ image_url: image }) => image?.url ?? []).filter(isAddress),
      pdfs: parts.filter(({ type }) => type === 'file').length,
      ...(schema ? { schema } : {}),
      ...(tool
        ? {
            tool: {
              name: tool.function.name,
              schema: tool.function.parameters,
              required: body.tool_choice !== undefined && body.tool_choice !== 'auto' && body.tool_choice !== 'none',
            },
          }
        : {}),
      ...(body.service_tier ? { service: body.service_tier } : {}),
      stream: body.stream === true,
      maxTokens: body.max_completion_tokens ?? body.max_tokens ?? Infinity,
    };
  },
  answer: (call, answer) => ({
    ...envelope(call, answer, 'chat.completion'),
    choices: [{ index: 0, message: messageOf(answer), logprobs: null, finish_reason: endings[answer.ending] }],
    usage: usageOf(answer),
  }),
  stream(call, answer): StreamEvent[] {
    const chunk = (delta: object, finish: string | null = null) => ({
      data: {
        ...envelope(call, answer, 'chat.completion.chunk'),
        choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
        usage: null,
      },
    });
    const { text, toolCall, ending } = answer;
    const call0 = toolCall && {
      ...{ index: 0, id: 'call_simulated', type: 'function' },
      function: { name: toolCall.name, arguments: JSON.stringify(toolCall.input) },
    };
    const said =
      ending === 'refusal' ? [chunk({ refusal: text })] : inPieces(text).map((content) => chunk({ content }));
    return [
      chunk({ role: 'assistant', content: '', refusal: null }),
      ...(call0 ? [chunk({ tool_calls: [call0] })] : said),
      chunk({}, endings[ending]),
      { data: { ...envelope(call, answer, 'chat.completion.chunk'), choices: [], usage: usageOf(answer) } },
      { data: '[DONE]' },
    ];
  },
  refuse: refuseAsOpenAi,
};

const endings = { stop: 'stop', length: 'length', tool: 'tool_calls', refusal: 'stop' } as const;

const envelope = (call: SimulatedCall, answer: SimulatedAnswer, object: string) => ({
  ...{ id: 'chatcmpl-simulated', object, created, model: call.model },
  ...{ service_tier: serviceTierOf(call, answer), system_fingerprint: 'fp_simulated' },
});

function messageOf({ text, toolCall, ending }: SimulatedAnswer) {
  const message = { role: 'assistant', content: text, refusal: null, annotations: [] };
  if (ending === 'refusal') return { ...message, content: null, refusal: text };
  if (!toolCall) return message;
  const called = { name: toolCall.name, arguments: JSON.stringify(toolCall.input) };
  return { ...message, content: null, tool_calls: [{ id: 'call_simulated', type: 'function', function: called }] };
}

const usageOf = ({ usage }: SimulatedAnswer) => ({
  prompt_tokens: usage.input,
  completion_tokens: usage.output,
  total_tokens: usage.input + usage.output,
  prompt_tokens_details: { cached_tokens: usage.cached, audio_tokens: 0 },
  completion_tokens_details: {
    ...{ reasoning_tokens: usage.reasoning, audio_tokens: 0 },
    ...{ accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  },
});
