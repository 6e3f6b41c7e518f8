import type { HttpAnswer, RefusedKind, SimulatedAnswer, SimulatedCall, StreamEvent, Wire } from '../simulated-call.js';
import { inPieces } from './in-pieces.js';
import { isAddress } from './is-address.js';

interface Part {
  readonly text?: string;
  readonly inlineData?: { mimeType: string };
  readonly fileData?: { mimeType: string; fileUri: string };
}
interface Content {
  readonly parts?: Part[];
}
interface GenerateBody {
  readonly contents: Content[];
  readonly systemInstruction?: Content;
  readonly generationConfig?: {
    maxOutputTokens?: number;
    responseSchema?: Record<string, unknown>;
    responseJsonSchema?: Record<string, unknown>;
  };
  readonly tools?: { functionDeclarations?: { name: string; parameters?: Record<string, unknown> }[] }[];
  readonly serviceTier?: string;
  readonly toolConfig?: { functionCallingConfig?: { mode?: string } };
}

/** POST /v1beta/models/MODEL:generateContent and :streamGenerateContent?alt=sse */
export const gemini: Wire = {
  api: 'gemini',
  read(raw, path) {
    const body = raw as unknown as GenerateBody;
    const parts = body.contents.flatMap((content) => content.parts ?? []);
    const files = parts.flatMap(({ inlineData, fileData }) => inlineData ?? fileData ?? []);
    const [tool] = body.tools?.flatMap(({ functionDeclarations }) => functionDeclarations ?? []) ?? [];
    const config = body.generationConfig ?? {};
    const schema = config.responseJsonSchema ?? config.responseSchema;
    return {
      api: 'gemini',
      model: /models\/([^:]+):/.exec(path)?.[1] ?? '',
      instructions: (body.systemInstruction?.parts ?? []).flatMap(({ text }) => text ?? []),
      texts: parts.flatMap(({ text }) => text ?? []),
      images: files.filter(({ mimeType }) => mimeType.startsWith('image/')).length,
      imageUrls: parts.flatMap(({ fileData }) => fileData?.fileUri ?? []).filter(isAddress),
      pdfs: files.filter(({ mimeType }) => mimeType === 'application/pdf').length,
      ...(schema ? { schema: lowerTypes(schema) as Record<string, unknown> } : {}),
      ...(tool
        ? {
            tool: {
              name: tool.name,
              schema: lowerTypes(tool.parameters ?? {}) as Record<string, unknown>,
              required: body.toolConfig?.functionCallingConfig?.mode === 'ANY',
            },
          }
        : {}),
      ...(body.serviceTier ? { service: body.serviceTier } : {}),
      stream: path.includes(':streamGenerateContent'),
      maxTokens: config.maxOutputTokens ?? Infinity,
    };
  },
  answer: (call, answer) => responseOf(call, answer, partsOf(answer), 'last'),
  stream(call, answer): StreamEvent[] {
    const parts = answer.toolCall ? partsOf(answer) : inPieces(answer.text).map((text) => ({ text }));
    const events = parts.map((part, index) =>
      responseOf(call, answer, [part], index === parts.length - 1 ? 'last' : 'more'),
    );
    return (events.length > 0 ? events : [responseOf(call, answer, [], 'last')]).map((data) => ({ data }));
  },
  refuse(kind, retryAfterS): HttpAnswer {
    const [code, status, message, details] = refusals[kind];
    const retry = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterS}s` };
    const found = kind === 'rate-limited' ? [retry] : details ? [details] : undefined;
    return { status: code, body: { error: { code, message, status, ...(found ? { details: found } : {}) } } };
  },
};

/** The answer about something that is not there. */
export const noSuchThing = (what: string, id: string): HttpAnswer => ({
  status: 404,
  body: { error: { code: 404, message: `Requested ${what} ${id} was not found.`, status: 'NOT_FOUND' } },
});

/** The numbers of google.rpc.Code, by which lines of a batch tell errors. */
const rpcCodes: Readonly<Record<string, number>> = {
  INVALID_ARGUMENT: 3,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  INTERNAL: 13,
  UNAVAILABLE: 14,
};

/** What a refused call becomes in a batch. */
export function rpcStatusOf(body: unknown): { code: number; message: string } {
  const { error } = body as { error: { status: string; message: string } };
  return { code: rpcCodes[error.status] ?? 2, message: error.message };
}

/** The API writes types of its older schema dialect in capitals. */
function lowerTypes(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(lowerTypes);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]: [string, unknown]) => [
      name,
      name === 'type' && typeof value === 'string' ? value.toLowerCase() : lowerTypes(value),
    ]),
  );
}

const endings = { stop: 'STOP', length: 'MAX_TOKENS', tool: 'STOP', refusal: 'SAFETY' } as const;

type Refusal = readonly [code: number, status: string, message: string, details?: object];

const refusals: Readonly<Record<RefusedKind, Refusal>> = {
  'rate-limited': [429, 'RESOURCE_EXHAUSTED', 'You exceeded your current quota. Please retry later.'],
  'quota-used-up': [403, 'PERMISSION_DENIED', 'Billing is not enabled for this project.'],
  overloaded: [503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'],
  'no-room': [503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'],
  'server-error': [500, 'INTERNAL', 'An internal error has occurred. Please retry or report it.'],
  auth: [
    ...([400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.'] as const),
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
  ],
  'context-too-long': [
    ...([400, 'INVALID_ARGUMENT'] as const),
    'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
  ],
  'bad-request': [400, 'INVALID_ARGUMENT', 'Request contains an invalid argument.'],
  'picture-not-fetched': [400, 'INVALID_ARGUMENT', 'Cannot fetch content from the provided URL.'],
};

const partsOf = ({ text, toolCall, ending }: SimulatedAnswer): object[] => {
  if (toolCall) return [{ functionCall: { name: toolCall.name, args: toolCall.input } }];
  return ending === 'refusal' ? [] : [{ text }];
};

function responseOf(
  call: SimulatedCall,
  { ending, usage, service = call.service ?? 'standard' }: SimulatedAnswer,
  parts: object[],
  which: 'more' | 'last',
) {
  const image = call.images > 0 ? [{ modality: 'IMAGE', tokenCount: call.images * 258 }] : [];
  const candidate = {
    ...(parts.length > 0 ? { content: { parts, role: 'model' } } : {}),
    ...(which === 'last' ? { finishReason: endings[ending] } : {}),
    index: 0,
  };
  return {
    candidates: [candidate],
    usageMetadata: {
      promptTokenCount: usage.input,
      // Google counts thoughts apart from the candidates.
      candidatesTokenCount: usage.output - usage.reasoning,
      totalTokenCount: usage.input + usage.output,
      serviceTier: service,
      ...(usage.cached > 0 ? { cachedContentTokenCount: usage.cached } : {}),
      ...(usage.reasoning > 0 ? { thoughtsTokenCount: usage.reasoning } : {}),
      promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.input - (image[0]?.tokenCount ?? 0) }, ...image],
    },
    modelVersion: call.model,
    responseId: 'simulated',
  };
}
