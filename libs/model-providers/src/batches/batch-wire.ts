import type { BatchFound, BatchIntent, BatchView } from '@waybill/llm-routing';

/** A call as the library wrote it: the body, and the beta features that its header asks for. */
export interface WrittenCall {
  readonly customId: string;
  readonly body: unknown;
  readonly beta?: string;
}

/** Where a provider's API is, and what is sent with every call. */
export interface BatchAddress {
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How one API takes calls by the batch. Rejects with what `askBatches` rejects with. */
export interface BatchWire {
  readonly mostCalls: number;
  submit(intent: BatchIntent, calls: readonly WrittenCall[], secret: string, signal: AbortSignal): Promise<string>;
  find(intent: BatchIntent, secret: string, signal: AbortSignal): Promise<BatchFound>;
  look(batch: string, secret: string, signal: AbortSignal): Promise<BatchView>;
  cancel(batch: string, secret: string, signal: AbortSignal): Promise<void>;
  /** Has the provider delete what it keeps of a batch that has ended. */
  clear(batch: string, secret: string, signal: AbortSignal): Promise<void>;
}
