import type { BatchedCall } from '../batch/batch-records.js';
import type { BatchResult } from '../batch/model-batches.js';
import type { Picodollars } from '../money/picodollars.js';
import { priceUsage } from '../money/price-usage.js';
import type { ModelUsage } from '../money/usage.js';
import { ModelError } from '../provider/model-error.js';
import type { ModelRequest } from '../provider/model-request.js';
import type { CascadeTools } from './cascade-tools.js';
import type { CallEnd } from './make-call.js';

/** How a call went that was answered by the batch; `spent` in picodollars, by the batch prices of the catalog. */
export async function readBatched(
  tools: CascadeTools,
  { attempt, request, collectedAt }: BatchedCall,
  result: BatchResult,
): Promise<CallEnd> {
  const now = tools.clock.now().getTime();
  const durationMs = Math.max(0, now - Date.parse(collectedAt));
  const batches = tools.providers.get(attempt.provider)?.batches;
  if (!batches) throw new Error(`Nobody reads the batches of "${attempt.provider}".`);
  // Only what reading takes: the messages were sent.
  const asked: ModelRequest = { ...request, messages: [], deadline: new Date(now + 60_000) };
  try {
    const answer = await batches.read(asked, result);
    return { answer, usage: answer.usage, spent: billOf(tools, attempt, answer.usage), durationMs };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { usage } = error.facts;
    return { error, usage, spent: usage ? billOf(tools, attempt, usage) : 0n, durationMs };
  }
}

function billOf(
  { table }: CascadeTools,
  { model, images = [] }: BatchedCall['attempt'],
  usage: ModelUsage,
): Picodollars {
  const prices = table().entries.find(({ card }) => card.id === model)?.card.prices;
  if (!prices) throw new Error(`The catalog no longer has ${model}, which answered a batch; give its price again.`);
  return priceUsage(prices, usage, 'batch', { images: images.length });
}
