import type { SimulatedAnswer, SimulatedCall, StreamEvent, Wire } from '../simulated-call.js';
import { inPieces } from './in-pieces.js';
import { isAddress } from './is-address.js';
import { refuseAsOpenAi } from './openai-errors.js';
import { serviceTierOf } from './service-tier-of.js';

interface InputItem {
  readonly role?: string;
  readonly content?: string | { type: string; text?: string; image_url?: string }[];
  readonly output?: string;
}
interface ResponsesBody {
  readonly model: string;
  readonly input: string | InputItem[];
  readonly instructions?: string;
  readonly service_tier?: string | null;
  readonly stream?: boolean;
  readonly max_output_tokens?: number;
  readonly tools?: { name: string; parameters: Record<string, unknown> }[];
  readonly tool_choice?: unknown;
  readonly text?: { format?: { schema?: Record<string, unknown> } };
}

const isInstruction = ({ role }: InputItem) => role === 'system' || role === 'developer';
const textsOf = ({ content }: InputItem): string[] =>
  typeof content === 'string' ? [content] : (content ?? []).flatMap(({ text }) => text ?? []);

/** POST /v1/responses */
export const openAiResponses: Wire = {
  api: 'openai-responses',
  read(raw) {
    const body = raw as unknown as ResponsesBody;
    const items: InputItem[] = typeof body.input === 'string' ? [{ content: body.input }] : body.input;
    const parts = items.flatMap(({ content }) => (Array.isArray(content) ? content : []));
    const [tool] = body.tools ?? [];
    const schema = body.text?.format?.schema;
    return {
      api: 'openai-responses',
      model: body.model,
      instructions: [body.instructions ?? '', ...items.filter(isInstruction).flatMap(textsOf)],
      texts: items.filter((item) => !isInstruction(item)).flatMap(textsOf),
      images: parts.filter(({ type }) => type === 'input_image').length,
      imageUrls: parts.flatMap(({ image_url: url }) => url ?? []).filter(isAddress),
      pdfs: parts.filter(({ type }) => type === 'input_file').length,
      ...(schema ? { schema } : {}),
      ...(tool
        ? {
            tool: {
              name: tool.name,
              schema: tool.parameters,
              required: body.tool_choice !== undefined && body.tool_choice !== 'auto' && body.tool_choice !== 'none',
            },
          }
        : {}),
      ...(body.service_tier ? { service: body.service_tier } : {}),
      stream: body.stream === true,
      maxTokens: body.max_output_tokens ?? Infinity,
    };
  },
  answer: (call, answer) => responseOf(call, answer),
  stream(call, answer): StreamEvent[] {
    let sequence = 0;
    const event = (type: string, facts: object): StreamEvent => ({
      event: type,
      data: { type, sequence_number: sequence++, ...facts },
    });
    const begun = {
      ...responseOf(call, answer),
      status: 'in_progress',
      output: [],
      usage: null,
      incomplete_details: null,
    };
    const [item] = outputOf(answer);
    const place = { item_id: item?.id, output_index: 0, content_index: 0 };
    const open = {
      ...item,
      status: 'in_progress',
      ...(item?.type === 'message' ? { content: [] } : { arguments: '' }),
    };
    const pieces = inPieces(answer.toolCall ? JSON.stringify(answer.toolCall.input) : answer.text);
    const kind = answer.toolCall
      ? 'response.function_call_arguments'
      : answer.ending === 'refusal'
        ? 'response.refusal'
        : 'response.output_text';
    const ended = answer.ending === 'length' ? 'response.incomplete' : 'response.completed';
    return [
      event('response.created', { response: begun }),
      event('response.output_item.added', { output_index: 0, item: open }),
      ...pieces.map((delta) => event(`${kind}.delta`, { ...place, delta })),
      event('response.output_item.done', { output_index: 0, item }),
      event(ended, { response: responseOf(call, answer) }),
    ];
  },
  refuse: refuseAsOpenAi,
};

function outputOf({ text, toolCall, ending }: SimulatedAnswer) {
  if (toolCall) {
    const called = { call_id: 'call_simulated', name: toolCall.name, arguments: JSON.stringify(toolCall.input) };
    return [{ type: 'function_call', id: 'fc_simulated', status: 'completed', ...called }];
  }
  const said =
    ending === 'refusal'
      ? { type: 'refusal', refusal: text }
      : { type: 'output_text', text, annotations: [], logprobs: [] };
  return [{ type: 'message', id: 'msg_simulated', status: 'completed', role: 'assistant', content: [said] }];
}

const responseOf = (call: SimulatedCall, answer: SimulatedAnswer) => ({
  ...{ id: 'resp_simulated', object: 'response', created_at: 1_795_255_200, model: call.model, error: null },
  ...{ status: answer.ending === 'length' ? 'incomplete' : 'completed', instructions: null, metadata: {} },
  service_tier: serviceTierOf(call, answer),
  incomplete_details: answer.ending === 'length' ? { reason: 'max_output_tokens' } : null,
  ...{ output: outputOf(answer), parallel_tool_calls: true, temperature: 1, top_p: 1, tool_choice: 'auto', tools: [] },
  usage: {
    input_tokens: answer.usage.input,
    input_tokens_details: { cached_tokens: answer.usage.cached },
    output_tokens: answer.usage.output,
    output_tokens_details: { reasoning_tokens: answer.usage.reasoning },
    total_tokens: answer.usage.input + answer.usage.output,
  },
});
