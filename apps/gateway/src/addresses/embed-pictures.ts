import type { Readable } from 'node:stream';
import { StageError } from '@waybill/jobs';
import type { CallStop } from '@waybill/llm-routing';
import { shownAddress, type Environment, type WebFetch } from '@waybill/platform';
import { ChatBody } from '../body/chat-body.js';
import { DoorError } from '../http/door-error.js';
import { findAddresses } from './find-addresses.js';
import { mayNameAddresses } from './may-name-addresses.js';
import { pictureMediaType } from './picture-media-type.js';

const mostAddresses = 32;

type Terms = Pick<Environment, 'WAYBILL_URL_FETCH' | 'WAYBILL_GATEWAY_MAX_BODY_BYTES'>;

/**
 * Puts the pictures that a chat names by web address into its body. Providers are asked with bytes only: none of them, and
 * above all none inside the operator's network, fetches from where a stranger says.
 */
export class EmbedPictures {
  constructor(
    private readonly web: WebFetch,
    private readonly terms: Terms,
  ) {}

  /** The same body where nothing is to be fetched. @throws DoorError, or the reason of the stop */
  async into(body: ChatBody, stop: CallStop): Promise<ChatBody> {
    if (!mayNameAddresses(body)) return body;
    const messages = parsed(body.raw('messages'));
    const pictures = findAddresses(messages);
    if (pictures.length === 0) return body;
    if (this.terms.WAYBILL_URL_FETCH === 'off') throw switchedOff();
    if (pictures.length > mostAddresses) throw tooMany();
    let left = this.terms.WAYBILL_GATEWAY_MAX_BODY_BYTES - body.bytes.length;
    for (const { url, replace } of pictures) {
      const address = await this.fetched(url, left, stop.signal);
      left -= address.length;
      replace(address);
    }
    return ChatBody.of(Buffer.concat(body.withValues({ messages })));
  }

  close(): Promise<void> {
    return this.web.close();
  }

  private async fetched(url: string, mostBytes: number, signal: AbortSignal): Promise<string> {
    try {
      return await this.web.fetch(url, signal, (body) => dataAddressOf(body, new URL(url), mostBytes));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StageError)) throw error;
      if (error.retryable)
        throw new DoorError(503, 'unavailable', `${error.message} Ask again.`, { param: 'messages' });
      throw refused(error.message);
    }
  }
}

/** @param mostBytes of the address that comes out */
async function dataAddressOf(body: Readable, url: URL, mostBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    sizeBytes += piece.length;
    if (sizeBytes * (4 / 3) > mostBytes) {
      throw new StageError(
        'too-large',
        `${shownAddress(url)} makes the request larger than is taken; send it smaller.`,
      );
    }
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  const mediaType = pictureMediaType(bytes);
  if (mediaType) return `data:${mediaType};base64,${bytes.toString('base64')}`;
  throw new StageError('unsupported-format', `${shownAddress(url)} is no PNG, JPEG, GIF or WebP; send one of these.`);
}

function parsed(messages: Buffer | undefined): unknown {
  try {
    return messages && JSON.parse(messages.toString());
  } catch (error) {
    throw new DoorError(400, 'invalid_json', `"messages" is not JSON (${(error as Error).message}); correct it.`);
  }
}

const refused = (sentence: string): DoorError =>
  new DoorError(400, 'invalid_image_url', sentence, { param: 'messages' });

const switchedOff = (): DoorError =>
  refused('Images by web address are switched off here (WAYBILL_URL_FETCH); send them as data: addresses.');

const tooMany = (): DoorError =>
  refused(`More than ${mostAddresses} images are named by web address; send them as data: addresses.`);
