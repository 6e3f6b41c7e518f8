import type { ModelBatches } from '../batch/model-batches.js';
import type { CallService } from '../catalog/prices.js';
import type { ModelAnswer, ModelEvent } from './model-answer.js';
import type { ModelRequest } from './model-request.js';

/**
 * Port: something that answers. Its adapters live in libs/model-providers, a folder each, and are held to one suite.
 * A call is made once and never repeated inside: whether to try again is the router's decision. It rejects with a
 * `ModelError`, or with the signal's own reason when that aborts.
 */
export interface ModelProvider {
  /** The provider that the catalog's cards name. */
  readonly id: string;
  call(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer>;
  /** The services besides the usual one that a call can ask for. */
  readonly services?: readonly CallService[];
  /** Where it takes calls by the batch; absent where it does not. */
  readonly batches?: ModelBatches;
  /** The answer while it is made; absent where a provider cannot. A cut stream rejects: the pieces so far are no answer. */
  stream?(request: ModelRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
}
