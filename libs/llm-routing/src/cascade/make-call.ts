import type { RouteAttempt, SentImage } from '@waybill/contracts';
import { StageError, type Clock } from '@waybill/jobs';
import type { ServiceLevel } from '../catalog/prices.js';
import type { Candidate } from '../decision/route-decision.js';
import { picodollarsOf, usdOf, type Picodollars } from '../money/picodollars.js';
import { priceUsage } from '../money/price-usage.js';
import type { ModelUsage } from '../money/usage.js';
import type { Admission } from '../ports/route-state.js';
import type { JournalEntry } from '../ports/answer-journal.js';
import type { ModelAnswer } from '../provider/model-answer.js';
import { ModelError } from '../provider/model-error.js';
import { withBilledTokens } from './pictures-sent.js';
import { billedService, failedByService } from './service-outcome.js';
import type { ModelProvider } from '../provider/model-provider.js';
import type { ModelRequest } from '../provider/model-request.js';

type Admitted = Extract<Admission, { kind: 'admitted' }>;

/** How a call went, after it was reported to who counts and rests. */
export interface CallEnd {
  readonly answer?: ModelAnswer;
  readonly error?: ModelError;
  readonly usage: ModelUsage | undefined;
  readonly spent: Picodollars;
  readonly durationMs: number;
  /** At which service it was billed; absent where nothing was, and for batches, which are billed as such. */
  readonly service?: ServiceLevel;
  /** How pictures went, where not simply inline. */
  readonly sentBy?: SentImage['sentBy'];
}

export interface Call {
  readonly provider: ModelProvider;
  readonly chosen: Candidate;
  readonly request: ModelRequest;
  readonly admission: Admitted | undefined;
}

/** Makes one call and reports it. Rejects with the signal's reason, or with what is no failure of the model. */
export async function makeCall(
  { provider, chosen, request, admission }: Call,
  clock: Clock,
  signal: AbortSignal,
): Promise<CallEnd> {
  const began = clock.now().getTime();
  const lasted = (): number => Math.max(0, clock.now().getTime() - began);
  try {
    const { answer, firstTokenMs } = await answerOf({ provider, chosen, request, admission }, lasted, signal);
    const durationMs = lasted();
    const { usage } = answer;
    const service = billedService(answer.service, request.service);
    await admission?.report({
      kind: 'answered',
      // How long another service takes says nothing about the usual one.
      ...(firstTokenMs === undefined || request.service ? {} : { firstTokenMs }),
      totalMs: durationMs,
      outputTokens: usage.outputTokens,
      estimatedInputTokens: chosen.inputTokens.expected,
      billedInputTokens: usage.inputTokens,
      cachedInputTokens: usage.cachedInputTokens,
    });
    return { answer, usage, spent: billOf(chosen, usage, service), durationMs, service };
  } catch (caught) {
    const error = signal.aborted ? undefined : modelErrorOf(caught);
    const blamed = error && !failedByService(request.service, error) ? error : undefined;
    await admission?.report(blamed ? { kind: 'failed', error: blamed } : { kind: 'abandoned' });
    if (!error) throw caught;
    const { usage } = error.facts;
    if (!usage) return { error, usage, spent: 0n, durationMs: lasted() };
    const service = billedService(error.facts.service, request.service);
    return { error, usage, spent: billOf(chosen, usage, service), durationMs: lasted(), service };
  }
}

/** Streamed where the model can, because only a stream tells when the first token came. */
async function answerOf(
  { provider, chosen, request, admission }: Call,
  lasted: () => number,
  signal: AbortSignal,
): Promise<{ readonly answer: ModelAnswer; readonly firstTokenMs?: number }> {
  const keyed = { ...request, ...(admission?.key === undefined ? {} : { key: admission.key }) };
  if (!provider.stream || chosen.card.capabilities.streaming !== true) {
    return { answer: await provider.call(keyed, signal) };
  }
  let firstTokenMs: number | undefined;
  for await (const event of provider.stream(keyed, signal)) {
    firstTokenMs ??= lasted();
    if (event.type === 'answer') return { answer: event.answer, firstTokenMs };
  }
  throw new ModelError('truncated', `The answer of ${chosen.card.id} broke off; ask again.`);
}

/** What is away for a while is nobody's answer: the whole work comes again. */
function modelErrorOf(caught: unknown): ModelError | undefined {
  if (caught instanceof ModelError) return caught;
  if (!(caught instanceof StageError) || caught.retryable) return undefined;
  return new ModelError('bad-request', caught.message, { cause: caught });
}

/** By the prices of the catalog at the service that was billed; at the usual ones where it states none for that. */
function billOf({ card: { prices }, form }: Candidate, usage: ModelUsage, service: ServiceLevel): Picodollars {
  if (!prices) return 0n;
  const level = prices.kind === 'metered' && prices.usdPerMillion[service] ? service : 'standard';
  return priceUsage(prices, usage, level, { images: form.pictures.length });
}

/** The upper end of an estimate as whole picodollars, never less than it. */
export const mostOf = ({ cost }: Candidate): Picodollars => picodollarsOf(Number(cost.mostUsd.toFixed(12))) + 1n;

/** What a receipt and the journal say of a call. */
export function attemptAfter(
  attempt: RouteAttempt,
  { answer, error, usage, spent, durationMs, service, sentBy }: CallEnd,
): RouteAttempt {
  const images = attempt.images?.map((image) => (sentBy ? { ...image, sentBy } : image));
  return {
    ...(service === undefined ? attempt : billedAt(attempt, service)),
    outcome: error ? error.kind : 'answered',
    ...(error ? { reason: error.message } : {}),
    ...(answer ? { answeredBy: answer.model } : {}),
    ...(usage ? { usage } : {}),
    ...(images ? { images: usage ? withBilledTokens(images, usage) : images } : {}),
    costUsd: usdOf(spent),
    durationMs,
  };
}

/** Says at which service it was billed, and what was asked for where that differs. */
function billedAt(attempt: RouteAttempt, service: ServiceLevel): RouteAttempt {
  const { service: asked, ...others } = attempt;
  if (asked === 'batch' || service === (asked ?? 'standard')) return attempt;
  return {
    ...others,
    ...(service === 'standard' ? {} : { service }),
    ...(asked === undefined ? {} : { askedService: asked }),
  };
}

export const journalEntryOf = (
  attempt: RouteAttempt,
  { answer, error, spent }: CallEnd,
  most: Picodollars,
): JournalEntry => ({
  version: 1,
  attempt,
  spent: String(spent),
  most: String(most),
  answer: answer && { text: answer.text, ...(answer.json === undefined ? {} : { json: answer.json }) },
  failure: error && { kind: error.kind, message: error.message },
});
