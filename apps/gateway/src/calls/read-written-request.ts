import { decodeFile, type EmbeddedFile } from '../body/embedded-files.js';
import type { ChatBody } from '../body/chat-body.js';
import { DoorError } from '../http/door-error.js';
import { chatRequestSchema, type WrittenRequest } from './chat-request-schema.js';

/** A request that was parsed, with its files apart. */
export interface ReadRequest {
  readonly written: WrittenRequest;
  /** The file that an address in the request stands for; undefined for an address on the web. */
  readonly fileAt: (address: string) => { readonly mediaType: string; readonly bytes: Uint8Array } | undefined;
}

const placeholder = 'waybill-file:';

/** Parses everything but the files, which are decoded from where they stand. @throws DoorError */
export function readWrittenRequest(body: ChatBody, files: readonly EmbeddedFile[]): ReadRequest {
  const edits = files.map(({ span }, index) => ({ ...span, bytes: Buffer.from(`${placeholder}${index}`) }));
  const text = Buffer.concat(body.bytes.with(edits)).toString();
  const parsed = chatRequestSchema.safeParse(parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const member = issue?.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys] : (issue?.path ?? []);
    const param = member.join('.');
    const sentence = `"${param}" cannot be used with this model (${issue?.message}); leave it out or name another model.`;
    throw new DoorError(400, 'unsupported_parameter', sentence, { param });
  }
  return {
    written: parsed.data,
    fileAt(address) {
      const file = address.startsWith(placeholder) ? files[Number(address.slice(placeholder.length))] : undefined;
      return file && { mediaType: file.mediaType, bytes: decodeFile(body, file) };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DoorError(400, 'invalid_json', `The body is not JSON (${(error as Error).message}); correct it.`);
  }
}
