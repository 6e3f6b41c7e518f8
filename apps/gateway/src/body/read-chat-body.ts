import type { Readable } from 'node:stream';
import { DoorError } from '../http/door-error.js';
import { ChatBody } from './chat-body.js';

/** Reads and scans a request's body as it comes. @throws DoorError for what is too large or no JSON object */
export function readChatBody(source: Readable, announcedBytes: number, mostBytes: number): Promise<ChatBody> {
  const tooLarge = () =>
    new DoorError(413, 'request_too_large', `The request is larger than ${mostBytes} bytes; send smaller images.`);
  if (announcedBytes > mostBytes) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const body = new ChatBody();
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
        if (body.bytes.length + chunk.length > mostBytes) throw tooLarge();
        body.push(chunk);
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
    const broken = () => refuse(new DoorError(400, 'invalid_request', 'The request broke off; send it again.'));
    source.on('data', take).on('end', end).on('error', refuse).on('close', broken);
  });
}
