import type { HttpAnswer, RefusedKind, SimulatedAnswer, StreamEvent, Wire } from '../simulated-call.js';
import { eventStreamFrame } from './event-stream-frame.js';
import { inPieces } from './in-pieces.js';

interface Block {
  readonly text?: string;
  readonly image?: object;
  readonly document?: object;
  readonly toolResult?: { readonly content?: readonly Block[] };
}
interface ConverseBody {
  readonly system?: readonly Block[];
  readonly messages: readonly { readonly content: readonly Block[] }[];
  readonly inferenceConfig?: { readonly maxTokens?: number };
  readonly toolConfig?: {
    readonly tools: readonly {
      readonly toolSpec?: { readonly name: string; readonly inputSchema: { readonly json: Record<string, unknown> } };
    }[];
    readonly toolChoice?: { readonly any?: object; readonly tool?: object };
  };
  readonly additionalModelRequestFields?: {
    readonly output_config?: { readonly format?: { readonly schema?: Record<string, unknown> } };
  };
}

/** POST /model/{modelId}/converse and /converse-stream */
export const bedrock: Wire = {
  api: 'bedrock',
  read(raw, path) {
    const body = raw as unknown as ConverseBody;
    const blocks = body.messages.flatMap(({ content }) => content);
    const [, model = '', operation] = /\/model\/([^/]+)\/(converse(?:-stream)?)$/.exec(path) ?? [];
    const tool = body.toolConfig?.tools.find(({ toolSpec }) => toolSpec)?.toolSpec;
    const choice = body.toolConfig?.toolChoice;
    const schema = body.additionalModelRequestFields?.output_config?.format?.schema;
    return {
      api: 'bedrock',
      model: decodeURIComponent(model),
      instructions: textsOf(body.system ?? []),
      texts: textsOf(blocks),
      images: blocks.filter(({ image }) => image).length,
      imageUrls: [],
      pdfs: blocks.filter(({ document }) => document).length,
      ...(schema ? { schema } : {}),
      ...(tool
        ? {
            tool: {
              name: tool.name,
              schema: tool.inputSchema.json,
              required: choice?.any !== undefined || choice?.tool !== undefined,
            },
          }
        : {}),
      stream: operation === 'converse-stream',
      maxTokens: body.inferenceConfig?.maxTokens ?? 4_096,
    };
  },
  answer: (_call, answer) => ({
    metrics: { latencyMs: 12 },
    output: { message: { role: 'assistant', content: [contentOf(answer)] } },
    stopReason: endings[answer.ending],
    usage: usageOf(answer),
  }),
  stream(_call, answer): StreamEvent[] {
    const event = (name: string, data: object): StreamEvent => ({ event: name, data });
    const { toolCall } = answer;
    const deltas = toolCall
      ? inPieces(JSON.stringify(toolCall.input)).map((input) => ({ toolUse: { input } }))
      : inPieces(answer.text).map((text) => ({ text }));
    const opened = toolCall
      ? [event('contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { name: toolCall.name, toolUseId } } })]
      : [];
    return [
      event('messageStart', { role: 'assistant' }),
      ...opened,
      ...deltas.map((delta) => event('contentBlockDelta', { contentBlockIndex: 0, delta })),
      event('contentBlockStop', { contentBlockIndex: 0 }),
      event('messageStop', { stopReason: endings[answer.ending] }),
      event('metadata', { usage: usageOf(answer), metrics: { latencyMs: 12 } }),
    ];
  },
  framing: {
    mediaType: 'application/vnd.amazon.eventstream',
    frame({ event = '', data }) {
      const headers = { ':event-type': event, ':content-type': 'application/json', ':message-type': 'event' };
      return eventStreamFrame(headers, Buffer.from(JSON.stringify(data)));
    },
  },
  refuse(kind): HttpAnswer {
    const [status, type, message] = refusals[kind];
    return {
      status,
      headers: { 'x-amzn-requestid': 'req-simulated', 'x-amzn-errortype': `${type}:http://internal.amazon.com/` },
      body: { message },
    };
  },
};

const textsOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap(({ text, toolResult }) => [
    ...(text === undefined ? [] : [text]),
    ...textsOf(toolResult?.content ?? []),
  ]);

const endings = { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use', refusal: 'content_filtered' } as const;

/** As the service words them; it does not say when it takes calls again. */
const refusals: Readonly<Record<RefusedKind, readonly [number, string, string]>> = {
  'rate-limited': [429, 'ThrottlingException', 'Too many requests, please wait before trying again.'],
  'quota-used-up': [
    ...([403, 'AccessDeniedException'] as const),
    'Model access is denied due to INVALID_PAYMENT_INSTRUMENT: A valid payment instrument must be provided.',
  ],
  overloaded: [503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.'],
  'no-room': [503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.'],
  'server-error': [500, 'InternalServerException', 'The system encountered an unexpected error during processing.'],
  auth: [403, 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
  'context-too-long': [400, 'ValidationException', 'Input is too long for requested model.'],
  'picture-not-fetched': [400, 'ValidationException', 'Failed to retrieve the image.'],
  'bad-request': [400, 'ValidationException', 'A conversation must start with a user message.'],
};

const toolUseId = 'tooluse_simulated';

const contentOf = ({ text, toolCall }: SimulatedAnswer): object =>
  toolCall ? { toolUse: { toolUseId, name: toolCall.name, input: toolCall.input } } : { text };

/** Bedrock counts what came from the cache, or went there, apart from the rest of the input. */
const usageOf = ({ usage }: SimulatedAnswer): object => ({
  inputTokens: usage.input - usage.cached - usage.cacheWritten,
  outputTokens: usage.output,
  totalTokens: usage.input + usage.output,
  cacheReadInputTokens: usage.cached,
  cacheWriteInputTokens: usage.cacheWritten,
});
