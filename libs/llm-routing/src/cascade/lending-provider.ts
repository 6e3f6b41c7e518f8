import type { JobKey, SentImage } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import type { PictureLoans } from '../ports/picture-loans.js';
import type { ModelAnswer, ModelEvent } from '../provider/model-answer.js';
import { ModelError } from '../provider/model-error.js';
import type { ModelProvider } from '../provider/model-provider.js';
import type { ImagePart, Message, ModelRequest } from '../provider/model-request.js';

/** An address must outlive a call that ends at its deadline, and clocks that differ a little. */
const marginMs = 60_000;

interface Lent {
  readonly request: ModelRequest;
  takeBack(): Promise<void>;
}

/**
 * A provider for one call, with the call's pictures by address. What it refuses with 400 it is asked once more with the
 * bytes themselves: a picture that could not be fetched is refused so by everybody, each in words of its own, and unpaid.
 */
export class LendingProvider implements ModelProvider {
  readonly id: string;
  readonly stream?: ModelProvider['stream'];
  /** How the pictures went. */
  sentBy: SentImage['sentBy'];

  constructor(
    private readonly provider: ModelProvider,
    private readonly loans: PictureLoans,
    private readonly job: JobKey,
  ) {
    this.id = provider.id;
    const stream = provider.stream?.bind(provider);
    if (stream) this.stream = (request, signal) => this.streamed(request, (asked) => stream(asked, signal));
  }

  async call(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    const lent = await this.lend(request);
    if (!lent) return await this.provider.call(request, signal);
    try {
      return await this.provider.call(lent.request, signal);
    } catch (error) {
      return await this.provider.call(this.inlineAfter(error, request), signal);
    } finally {
      await lent.takeBack();
    }
  }

  private async *streamed(
    request: ModelRequest,
    stream: (asked: ModelRequest) => AsyncIterable<ModelEvent>,
  ): AsyncGenerator<ModelEvent> {
    const lent = await this.lend(request);
    if (!lent) {
      yield* stream(request);
      return;
    }
    let hasBegun = false;
    try {
      for await (const event of stream(lent.request)) {
        hasBegun = true;
        yield event;
      }
    } catch (error) {
      if (hasBegun) throw error;
      yield* stream(this.inlineAfter(error, request));
    } finally {
      await lent.takeBack();
    }
  }

  /** @throws the error itself, when bytes would not help */
  private inlineAfter(error: unknown, request: ModelRequest): ModelRequest {
    if (!(error instanceof ModelError) || error.kind !== 'bad-request') throw error;
    this.sentBy = 'inline-after-signed-url';
    // Another request than the one that was refused, and so under another key.
    return { ...request, idempotencyKey: `${request.idempotencyKey}-inline` };
  }

  /** Undefined where the pictures have to go inline, because nobody takes them now. */
  private async lend(request: ModelRequest): Promise<Lent | undefined> {
    const until = new Date(request.deadline.getTime() + marginMs);
    const asked = picturesIn(request.messages).map(async (part) => {
      const picture = { bytes: bytesOf(part), mediaType: part.mediaType };
      return { part, loan: await this.loans.lend(this.job, picture, until) };
    });
    const settled = await Promise.allSettled(asked);
    const lent = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const takeBack = async () => void (await Promise.all(lent.map(({ loan }) => loan.takeBack())));
    const failure = settled.find((each) => each.status === 'rejected');
    if (failure) {
      await takeBack();
      if (failure.reason instanceof StageError) return undefined;
      throw failure.reason;
    }
    this.sentBy = 'signed-url';
    const urls = new Map<ImagePart, string>(lent.map(({ part, loan }) => [part, loan.url]));
    return { request: { ...request, messages: request.messages.map((message) => withUrls(message, urls)) }, takeBack };
  }
}

/** The pictures of a request that are bytes in hand. */
export const picturesIn = (messages: readonly Message[]): ImagePart[] =>
  messages.flatMap((message) =>
    message.role === 'user' ? message.parts.filter((part) => part.type === 'image' && 'bytes' in part.source) : [],
  ) as ImagePart[];

export const bytesOf = ({ source }: ImagePart): Uint8Array => ('bytes' in source ? source.bytes : new Uint8Array());

function withUrls(message: Message, urls: ReadonlyMap<ImagePart, string>): Message {
  if (message.role !== 'user') return message;
  const parts = message.parts.map((part) => {
    const url = part.type === 'image' ? urls.get(part) : undefined;
    return url === undefined || part.type !== 'image' ? part : { ...part, source: { url } };
  });
  return { ...message, parts };
}
