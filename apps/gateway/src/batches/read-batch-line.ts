import type { BatchProblem } from '@waybill/jobs';
import { ChatBody } from '../body/chat-body.js';
import { chatFacts } from '../body/chat-facts.js';
import { DoorError } from '../http/door-error.js';
import { batchEndpoint } from './batch-request.js';
import type { FileLine } from './read-lines.js';

export interface BatchLine {
  readonly line: number;
  readonly customId: string;
  /** The request's body, as bytes that are never parsed as a whole. */
  readonly body: Buffer;
}

const mostIdLength = 256;

/** A line of an input file, or what is wrong with it. */
export function readBatchLine({ line, bytes }: FileLine): BatchLine | BatchProblem {
  try {
    const envelope = ChatBody.of(bytes);
    const customId = envelope.value('custom_id');
    if (typeof customId !== 'string' || customId === '' || customId.length > mostIdLength) {
      throw wrong('custom_id', `Give each line a "custom_id" of 1 to ${mostIdLength} characters.`);
    }
    if (envelope.value('method') !== 'POST') throw wrong('method', 'Write "method": "POST".');
    if (envelope.value('url') !== batchEndpoint) throw wrong('url', `Write "url": "${batchEndpoint}".`);
    const body = envelope.raw('body');
    if (!body) throw wrong('body', 'Put the request into "body".');
    if (chatFacts(ChatBody.of(body)).isStream) throw wrong('stream', 'A batch has no streams; leave "stream" out.');
    return { line, customId, body };
  } catch (error) {
    if (!(error instanceof DoorError)) throw error;
    return { line, code: error.code, message: error.message, param: error.more.param ?? null };
  }
}

export const isProblem = (read: BatchLine | BatchProblem): read is BatchProblem => 'code' in read;

const wrong = (param: string, message: string): DoorError => new DoorError(400, 'invalid_request', message, { param });
