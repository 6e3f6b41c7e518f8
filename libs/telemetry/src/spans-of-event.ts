import type { AttemptMade, JobEvent, JobFinished, PageRead, SentImage, StageTimes } from '@waybill/contracts';
import type { SpanAttributes, SpanFacts } from './tracer.js';

type Facts = Omit<SpanFacts, 'kind' | 'children'> & Partial<SpanFacts>;
const span = (facts: Facts): SpanFacts => ({ kind: 'internal', children: [], ...facts });

/**
 * The spans inside a stage, told by its events: a page and its steps, each call of a model with the pictures that were sent,
 * the answer. Names by OpenTelemetry's `gen_ai.*`, and `waybill.*` for what it has no word for.
 */
export function spansOfEvent(event: JobEvent): SpanFacts[] {
  const atMs = Date.parse(event.at);
  switch (event.type) {
    case 'job-accepted': {
      const attributes = { ...jobOf(event), 'waybill.door': event.door, 'waybill.task': event.submission.task.kind };
      return [span({ name: 'accept job', startMs: atMs, endMs: atMs, attributes })];
    }
    case 'page-read':
      return [pageSpan(event, atMs)];
    case 'page-failed': {
      const attributes = { ...jobOf(event), ...pageOf(event), 'error.type': event.failure.code };
      return [span({ name: 'read page', startMs: atMs, endMs: atMs, attributes, failure: event.failure.message })];
    }
    case 'attempt-made':
      return [callSpan(event)];
    case 'job-waiting': {
      const attributes = { ...jobOf(event), 'waybill.wait.reason': event.reason, 'waybill.wait.until': event.until };
      return [span({ name: 'park job', startMs: atMs, endMs: atMs, attributes })];
    }
    case 'job-finished':
      return [answerSpan(event, atMs)];
    case 'job-planned':
    case 'job-cancel-requested':
      return [];
  }
}

const jobOf = ({ tenant, jobId }: JobEvent): SpanAttributes => ({ 'waybill.tenant': tenant, 'waybill.job.id': jobId });

/** `waybill.page` counts from 1 in its document. */
const pageOf = ({ document, page }: { readonly document: number; readonly page: number }): SpanAttributes => ({
  'waybill.document': document,
  'waybill.page': page,
});

/** Steps come one after the other and end with the event; waiting for a worker is the broker's, not the page's. */
function stepsBefore(endMs: number, times: StageTimes): SpanFacts[] {
  let stepEndMs = endMs;
  const steps: SpanFacts[] = [];
  for (const [name, durationMs] of Object.entries(times).reverse()) {
    if (name === 'queued') continue;
    steps.unshift(span({ name, startMs: stepEndMs - durationMs, endMs: stepEndMs, attributes: {} }));
    stepEndMs -= durationMs;
  }
  return steps;
}

function pageSpan(event: PageRead, endMs: number): SpanFacts {
  const { summary, use, times, attempts } = event;
  const children = stepsBefore(endMs, times);
  const attributes = {
    ...jobOf(event),
    ...pageOf(event),
    'waybill.page.source': summary.source,
    'waybill.page.engine': summary.engine,
    'waybill.page.words': summary.words,
    'waybill.page.confidence': summary.confidence ?? undefined,
    'waybill.page.kind': summary.classification?.kind,
    'waybill.page.cached': summary.cached,
    'waybill.attempts': attempts,
    'waybill.queued_ms': times['queued'],
    'waybill.cost.usd': use?.costUsd,
  };
  return span({ name: 'read page', startMs: children[0]?.startMs ?? endMs, endMs, attributes, children });
}

function answerSpan(event: JobFinished, endMs: number): SpanFacts {
  const { status, costUsd, times, result, problems } = event;
  const startMs = endMs - (times['load'] ?? 0) - (times['answer'] ?? 0);
  const attributes = {
    ...jobOf(event),
    'waybill.status': status,
    'waybill.task': result?.task,
    'waybill.cost.usd': costUsd,
    'waybill.queued_ms': times['queued'],
  };
  const failure = status === 'failed' ? (problems[0]?.message ?? 'The job failed.') : undefined;
  return span({ name: 'answer job', startMs, endMs, attributes, ...(failure ? { failure } : {}) });
}

function callSpan(event: AttemptMade): SpanFacts {
  const { document, portion, attempt } = event;
  const { model, provider, usage, estimate, outcome, reason, costUsd, images = [] } = attempt;
  const startMs = Date.parse(attempt.at);
  const endMs = startMs + attempt.durationMs;
  const attributes = {
    ...jobOf(event),
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': provider,
    'gen_ai.request.model': model,
    'gen_ai.response.model': attempt.answeredBy,
    'gen_ai.usage.input_tokens': usage?.inputTokens,
    'gen_ai.usage.output_tokens': usage?.outputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage?.cachedInputTokens,
    'gen_ai.usage.cache_creation.input_tokens': usage?.cacheWrittenInputTokens,
    'gen_ai.usage.reasoning.output_tokens': usage?.reasoningTokens,
    'waybill.document': document,
    'waybill.document.portion': portion,
    'waybill.route.tier': attempt.tier,
    'waybill.route.form': attempt.form,
    'waybill.route.reason': attempt.next.length === 0 ? 'the only one left' : 'least expected cost',
    'waybill.route.outcome': outcome,
    'waybill.tokens_estimated': estimate.inputTokens.expected,
    'waybill.cost.usd': costUsd,
    'waybill.simulated': attempt.simulated,
    ...(outcome === 'answered' ? {} : { 'error.type': outcome }),
  };
  const children = images.map((image) => imageSpan(image, { startMs, endMs }));
  const failure = outcome === 'answered' ? undefined : (reason ?? outcome);
  const facts = { name: `chat ${model}`, kind: 'client', startMs, endMs, attributes, children } as const;
  return span({ ...facts, ...(failure ? { failure } : {}) });
}

/** A picture lasts as long as the call that it went with. */
const imageSpan = (image: SentImage, times: Pick<SpanFacts, 'startMs' | 'endMs'>): SpanFacts =>
  span({
    ...times,
    name: 'image',
    attributes: {
      'waybill.page': image.page,
      'waybill.image.tokens_estimated': image.estimatedTokens,
      'waybill.image.tokens_billed': image.billedTokens,
      'waybill.image.bytes': image.bytes,
      'waybill.image.width': image.width,
      'waybill.image.height': image.height,
      'waybill.image.detail': image.detail,
    },
  });
