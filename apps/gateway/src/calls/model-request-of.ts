import type { ImagePart, Message, ModelRequest, PdfPart, TextPart, Tool, ToolCall } from '@waybill/llm-routing';
import { DoorError } from '../http/door-error.js';
import type { WrittenMessage, WrittenRequest } from './chat-request-schema.js';
import type { ReadRequest } from './read-written-request.js';

type Terms = Pick<ModelRequest, 'model' | 'maxOutputTokens' | 'deadline' | 'idempotencyKey'>;

/** A chat request in the words of the router. @throws DoorError for what has no words there */
export function modelRequestOf({ written, fileAt }: ReadRequest, terms: Terms): ModelRequest {
  const toolNames = new Map<string, string>();
  const messages = written.messages.map((message) => messageOf(message, fileAt, toolNames));
  const { temperature, tools, tool_choice: choice, response_format: format } = written;
  return {
    ...terms,
    messages,
    ...(typeof temperature === 'number' && temperature !== 1 ? { temperature } : {}),
    ...(tools && tools.length > 0 ? { tools: tools.map(toolOf) } : {}),
    ...(choice && tools ? { toolChoice: typeof choice === 'string' ? choice : { tool: choice.function.name } } : {}),
    ...(format?.type === 'json_schema'
      ? { schema: { name: format.json_schema.name, schema: format.json_schema.schema } }
      : {}),
  };
}

const toolOf = ({
  function: { name, description, parameters },
}: NonNullable<WrittenRequest['tools']>[number]): Tool => ({
  ...{ name, inputSchema: parameters ?? { type: 'object', properties: {} } },
  ...(description === undefined ? {} : { description }),
});

const textOf = (content: string | readonly { readonly text: string }[]): string =>
  typeof content === 'string' ? content : content.map(({ text }) => text).join('');

function messageOf(message: WrittenMessage, fileAt: ReadRequest['fileAt'], toolNames: Map<string, string>): Message {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', text: textOf(message.content) };
    case 'user': {
      const { content } = message;
      if (typeof content === 'string') return { role: 'user', parts: [{ type: 'text', text: content }] };
      return { role: 'user', parts: content.map((part) => userPart(part, fileAt)) };
    }
    case 'assistant': {
      const text = message.content ? textOf(message.content) : '';
      const calls = (message.tool_calls ?? []).map(({ id: callId, function: { name: tool, arguments: input } }) => {
        toolNames.set(callId, tool);
        return { type: 'tool-call', callId, tool, input: argumentsOf(input) } satisfies ToolCall;
      });
      return { role: 'assistant', parts: [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...calls] };
    }
    case 'tool': {
      const { tool_call_id: callId, content } = message;
      const tool = toolNames.get(callId);
      if (tool === undefined) throw wrong(`No assistant message before it calls a tool with the id "${callId}".`);
      return { role: 'tool', callId, tool, output: textOf(content) };
    }
  }
}

type UserContent = Exclude<Extract<WrittenMessage, { role: 'user' }>['content'], string>;

function userPart(part: UserContent[number], fileAt: ReadRequest['fileAt']): TextPart | ImagePart | PdfPart {
  if (part.type === 'text') return part;
  if (part.type === 'file') {
    const file = fileAt(part.file.file_data);
    if (file?.mediaType !== 'application/pdf') throw wrong('A file must be a PDF as a data: address in base64.');
    return { type: 'pdf', name: part.file.filename ?? 'document.pdf', source: { bytes: file.bytes } };
  }
  const { url, detail } = part.image_url;
  const file = fileAt(url);
  const closeness = detail === 'low' ? 'low' : 'high';
  if (!file) throw wrong('An image must be a web address, or a data: address in base64 of at least 64 characters.');
  return { type: 'image', mediaType: file.mediaType, source: { bytes: file.bytes }, detail: closeness };
}

function argumentsOf(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw wrong('The arguments of a tool call are not JSON.');
  }
}

const wrong = (message: string): DoorError =>
  new DoorError(400, 'invalid_request', `${message} Correct it.`, { param: 'messages' });
