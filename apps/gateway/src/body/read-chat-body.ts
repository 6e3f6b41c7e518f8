import type { Readable } from 'node:stream';
import { DoorError } from '../http/door-error.js';
import { slabMargin } from './body-bytes.js';
import type { BodyRoom } from './body-room.js';
import { ChatBody } from './chat-body.js';
import { ChunkBin } from './chunk-bin.js';

/** Smaller bodies are one chunk or two, and stay as they came. */
const smallBytes = 65_536;

export interface BodyTerms {
  /** Of the `content-length`; 0 where there is none. */
  readonly announcedBytes: number;
  readonly mostBytes: number;
  readonly room: BodyRoom;
}

const bin = new ChunkBin();

/**
 * Reads and scans a request's body as it comes, when there is room for it. Whoever got it releases it.
 * @throws DoorError for what is too large or no JSON object
 */
export async function readChatBody(source: Readable, terms: BodyTerms): Promise<ChatBody> {
  const { announcedBytes, mostBytes, room } = terms;
  if (announcedBytes > mostBytes) throw tooLarge(mostBytes);
  if (announcedBytes <= smallBytes) return await reading(source, new ChatBody(), mostBytes);
  const lease = await room.take(announcedBytes + 2 * slabMargin);
  const body = new ChatBody(lease);
  try {
    return await reading(source, body, Math.min(announcedBytes, mostBytes));
  } catch (error) {
    body.bytes.release();
    throw error;
  }
}

/** The same for what is small whatever it says. */
export const readSmallBody = (source: Readable, mostBytes: number): Promise<ChatBody> =>
  reading(source, new ChatBody(), mostBytes);

const tooLarge = (mostBytes: number): DoorError =>
  new DoorError(413, 'request_too_large', `The request is larger than ${mostBytes} bytes; send smaller images.`);
const brokenOff = (): DoorError => new DoorError(400, 'invalid_request', 'The request broke off; send it again.');

function reading(source: Readable, body: ChatBody, mostBytes: number): Promise<ChatBody> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      source.removeListener('data', take).removeListener('end', end).removeListener('close', broken);
    };
    const refuse = (error: Error) => {
      stop();
      source.pause();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      try {
        if (body.bytes.length + chunk.length > mostBytes) throw tooLarge(mostBytes);
        if (body.push(chunk) === 'copied') bin.drop(chunk);
      } catch (error) {
        refuse(error as Error);
      }
    };
    const end = () => {
      try {
        body.finish();
      } catch (error) {
        refuse(error as Error);
        return;
      }
      stop();
      resolve(body);
    };
    const broken = () => refuse(brokenOff());
    if (source.destroyed) broken();
    else source.on('data', take).on('end', end).on('error', refuse).on('close', broken);
  });
}
