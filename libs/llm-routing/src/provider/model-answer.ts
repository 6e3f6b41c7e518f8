import type { ServiceLevel } from '../catalog/prices.js';
import type { ModelUsage } from '../money/usage.js';
import type { DocumentReading } from './document-reading.js';
import type { ToolCall } from './model-request.js';

/** A whole answer. One that was cut, refused or is not of the form asked for is a `ModelError` instead. */
export interface ModelAnswer {
  readonly text: string;
  /** The parsed text, when a schema was asked for. Parsed only: whether it fits the schema is the caller's to check. */
  readonly json?: unknown;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: 'stop' | 'tool-calls';
  readonly usage: ModelUsage;
  /** What the provider itself says that the call cost, where it does. */
  readonly billedUsd?: number;
  /** At which service it was made, where the provider says so in words that are known. */
  readonly service?: ServiceLevel;
  /** The snapshot that answered, which may be more exact than the model that was asked for. */
  readonly model: string;
  /** The provider's body as it came, or what a stream told of usage and ending. */
  readonly raw: unknown;
  /** Only of the rules of tier 0. */
  readonly reading?: DocumentReading;
}

/** A piece of an answer while it is made; the last event is the whole answer. */
export type ModelEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'answer'; readonly answer: ModelAnswer };
