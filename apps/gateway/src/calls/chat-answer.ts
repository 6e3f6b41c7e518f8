import type { ModelUsage } from '@waybill/llm-routing';

/** A whole answer, or one that is being made. Both are bytes as OpenAI's clients read them. */
export type MadeAnswer =
  | { readonly kind: 'whole'; readonly body: Buffer; readonly usage: ModelUsage | undefined }
  | { readonly kind: 'stream'; readonly pieces: AsyncGenerator<Buffer, StreamEnd> };

/** What is known when a stream has ended well; its last event, `[DONE]`, is left to the caller. */
export interface StreamEnd {
  readonly usage: ModelUsage | undefined;
}

/** How the answer came about, and its bytes. */
export interface ChatAnswer {
  /** More may be added by whoever sends it. */
  readonly headers: Record<string, string>;
  readonly content: { readonly body: Buffer } | { readonly pieces: AsyncIterable<Buffer> };
}

export const doneEvent = Buffer.from('data: [DONE]\n\n');
export const eventOf = (data: unknown): Buffer => Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
