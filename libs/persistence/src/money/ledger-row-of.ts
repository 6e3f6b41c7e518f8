import { decimalUsdOf, withBilledTokens, type Bill, type Reservation } from '@waybill/llm-routing';
import { callEntry } from './purse-statements.js';

/** The ledger row that a bill makes. It comes from the intent, so it is booked whatever became of the reservation. */
export function ledgerRowOf(
  { id, most, intent }: Reservation,
  { spent, usage, model, durationMs, answer, service }: Bill,
) {
  return {
    entry: `${callEntry}${id}`,
    jobId: intent.job.jobId,
    document: intent.document,
    pages: intent.pages,
    tags: intent.tags,
    credential: intent.credential ?? null,
    purpose: intent.purpose,
    task: intent.task,
    documentKind: intent.documentKind ?? null,
    provider: intent.provider,
    model,
    tier: intent.tier,
    costUsd: decimalUsdOf(spent),
    reservedUsd: decimalUsdOf(most),
    durationMs,
    catalogVersion: intent.catalogVersion,
    estimatedInputTokens: intent.estimatedInputTokens,
    inputTokens: usage.inputTokens,
    cachedInputTokens: usage.cachedInputTokens,
    cacheWrittenInputTokens: usage.cacheWrittenInputTokens,
    reasoningTokens: usage.reasoningTokens,
    outputTokens: usage.outputTokens,
    imageTokens: usage.imageTokens,
    images: intent.images ? withBilledTokens(intent.images, usage) : null,
    answer: answer ?? null,
    simulated: intent.simulated ?? false,
    service: service ?? null,
  };
}
