import type { CallStop } from './call-stop.js';
import type { ModelUsage } from '../money/usage.js';

/** A body to be sent, maybe more than once. */
export interface ChatWireBody {
  /** Undefined once it was let go: then nobody else can be asked. They stay as they are until `sent`, or for good. */
  readonly bytes: () => readonly Uint8Array[] | undefined;
  /** The network has all of it, and nobody reads these bytes any more. Not called where that is not known. */
  readonly sent?: (() => void) | undefined;
}

/** An answer that has begun: what comes is the provider's, byte for byte. */
export interface ChatWireAnswer {
  readonly contentType: string;
  /** Breaks off with a `ModelError` of kind `truncated` when the connection does. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Port: a provider that speaks OpenAI's Chat Completions, so that a client's body can go on as it is. A call is sent once for
 * each key that the provider turns away, and never again after it was accepted. Errors are `ModelError`s, or the reason of the stop.
 */
export interface ChatWire {
  /** The provider that the catalog's cards name. */
  readonly id: string;
  /** Whether it takes a JSON schema in `response_format`. */
  readonly takesSchema: boolean;
  /** A whole answer, byte for byte; rejects with `truncated` when it breaks off. */
  ask(body: ChatWireBody, model: string, stop: CallStop): Promise<Buffer>;
  /** An answer that is passed on while it is made. */
  send(body: ChatWireBody, model: string, stop: CallStop): Promise<ChatWireAnswer>;
  /** What the body of an answer, or the last event of a stream, tells of its usage; parsed. */
  usageOf(body: unknown): ModelUsage | undefined;
}
