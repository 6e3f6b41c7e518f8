import type {
  LanguageModelV3CallOptions,
  LanguageModelV3FilePart,
  LanguageModelV3Message,
  LanguageModelV3TextPart,
} from '@ai-sdk/provider';
import type { DocumentStore } from '@waybill/jobs';
import type { ImagePart, Message, ModelRequest, PartSource, PdfPart, TextPart } from '@waybill/llm-routing';
import type { ProviderFamily } from '../families/provider-family.js';
import type { SentSchema } from './sent-schema.js';

/** Where bytes by reference come from. */
export type BlobReader = Pick<DocumentStore, 'read'>;

/** The request as the AI SDK's providers take it. Bytes by reference are read here, once for each call. */
export async function callOptions(
  request: ModelRequest,
  family: ProviderFamily,
  blobs: BlobReader,
  sent?: SentSchema,
): Promise<LanguageModelV3CallOptions> {
  const { tools, toolChoice, temperature, idempotencyKey } = request;
  const said = sent?.inWords ? [schemaInWords(sent.inWords)] : [];
  const messages = await Promise.all(request.messages.map((message) => promptMessage(message, blobs)));
  return {
    prompt: [...said, ...messages],
    maxOutputTokens: request.maxOutputTokens,
    ...(temperature === undefined ? {} : { temperature }),
    ...(tools
      ? {
          tools: tools.map(({ name, description, inputSchema }) => ({
            type: 'function' as const,
            ...{ name, inputSchema },
            ...(description === undefined ? {} : { description }),
          })),
        }
      : {}),
    ...(toolChoice === undefined
      ? {}
      : {
          toolChoice:
            typeof toolChoice === 'string'
              ? { type: toolChoice }
              : { type: 'tool' as const, toolName: toolChoice.tool },
        }),
    ...(sent
      ? {
          responseFormat: sent.byApi
            ? { type: 'json' as const, name: sent.name, schema: sent.byApi }
            : { type: 'json' as const },
        }
      : {}),
    ...(family.options ? { providerOptions: family.options(request, sent?.byApi) } : {}),
    headers: { 'idempotency-key': idempotencyKey },
  };
}

const schemaInWords = (schema: object): LanguageModelV3Message => ({
  role: 'system',
  content: `Answer with one JSON object and nothing else. It must fit this JSON Schema:\n${JSON.stringify(schema)}`,
});

async function promptMessage(message: Message, blobs: BlobReader): Promise<LanguageModelV3Message> {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.text };
    case 'user':
      return { role: 'user', content: await Promise.all(message.parts.map((part) => promptPart(part, blobs))) };
    case 'assistant':
      return {
        role: 'assistant',
        content: message.parts.map((part) =>
          part.type === 'text'
            ? { type: 'text', text: part.text }
            : { type: 'tool-call', toolCallId: part.callId, toolName: part.tool, input: part.input },
        ),
      };
    case 'tool': {
      const { callId: toolCallId, tool: toolName, output: value } = message;
      return {
        role: 'tool',
        content: [{ type: 'tool-result', toolCallId, toolName, output: { type: 'text', value } }],
      };
    }
  }
}

async function promptPart(
  part: TextPart | ImagePart | PdfPart,
  blobs: BlobReader,
): Promise<LanguageModelV3TextPart | LanguageModelV3FilePart> {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const data = await dataOf(part.source, blobs);
  if (part.type === 'pdf') return { type: 'file', mediaType: 'application/pdf', filename: part.name, data };
  // Only OpenAI's own APIs take a detail for each image; they know `low` and `high`.
  const imageDetail = part.detail === 'low' ? 'low' : 'high';
  return {
    ...{ type: 'file', mediaType: part.mediaType, data },
    providerOptions: { openai: { imageDetail }, azure: { imageDetail } },
  };
}

async function dataOf(source: PartSource, blobs: BlobReader): Promise<Uint8Array | URL> {
  if ('bytes' in source) return source.bytes;
  return 'url' in source ? new URL(source.url) : blobs.read(source.reference);
}
