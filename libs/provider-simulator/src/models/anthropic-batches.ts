import type { BatchFate } from './batch-fate.js';
import type { AnswerOne } from './openai-batches.js';
import type { HttpAnswer } from './simulated-call.js';

interface Batch {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly requests: { custom_id: string; params: Record<string, unknown> }[];
  state: 'in_progress' | 'ended';
  /** What became of its calls. */
  fate: 'succeeded' | 'canceled' | 'expired';
}

/** Anthropic's /v1/messages/batches. A batch has ended when it is looked at, or listed, for the second time. */
export class AnthropicBatches {
  /** How many were made since the start. */
  made = 0;
  private readonly batches = new Map<string, Batch>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly answerOne: AnswerOne,
    private readonly origin: () => string,
    private readonly fate: () => BatchFate,
  ) {}

  handle(method: string, path: string, body: Record<string, unknown>): HttpAnswer {
    const [, id, action] = /\/messages\/batches(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
    if (id === undefined) {
      if (method !== 'POST') {
        const batches = [...this.batches.values()].reverse();
        batches.forEach((batch) => this.look(batch));
        return { status: 200, body: { data: batches.map(this.describe), has_more: false } };
      }
      const requests = body.requests as Batch['requests'];
      const batch: Batch = {
        id: `msgbatch_simulated${this.made}`,
        createdAt: new Date().toISOString(),
        requests,
        state: 'in_progress',
        fate: 'succeeded',
      };
      this.made += 1;
      this.batches.set(batch.id, batch);
      return { status: 200, body: this.describe(batch) };
    }
    const batch = this.batches.get(id);
    if (!batch)
      return { status: 404, body: { type: 'error', error: { type: 'not_found_error', message: 'Not found' } } };
    if (action === 'results')
      return { status: 200, headers: { 'content-type': 'application/x-jsonl' }, body: this.results(batch) };
    if (action === 'cancel') batch.fate = 'canceled';
    if (method === 'DELETE') {
      this.batches.delete(id);
      return { status: 200, body: { id, type: 'message_batch_deleted' } };
    }
    this.look(batch);
    return { status: 200, body: this.describe(batch) };
  }

  private look(batch: Batch): void {
    if (batch.state === 'ended') return;
    const isDue = this.seen.has(batch.id) && this.fate() !== 'held';
    if (isDue && this.fate() === 'expired') batch.fate = 'expired';
    if (isDue || batch.fate === 'canceled') batch.state = 'ended';
    this.seen.add(batch.id);
  }

  private results({ requests, fate }: Batch): string {
    return requests
      .map(({ custom_id: customId, params }) => {
        const { status, body } = this.answerOne('/v1/messages', params);
        const ended = status === 200 ? { type: 'succeeded', message: body } : { type: 'errored', error: body };
        return JSON.stringify({ custom_id: customId, result: fate === 'succeeded' ? ended : { type: fate } });
      })
      .join('\n');
  }

  private readonly describe = ({ id, requests, state, fate, createdAt }: Batch) => {
    const count = requests.length;
    const ended = state === 'ended';
    const at = createdAt;
    return {
      ...{
        id,
        type: 'message_batch',
        processing_status: state,
        created_at: createdAt,
        expires_at: new Date(Date.parse(createdAt) + 86_400_000).toISOString(),
      },
      ...{ ended_at: ended ? at : null, archived_at: null, cancel_initiated_at: fate === 'canceled' ? at : null },
      results_url: ended ? `${this.origin()}/v1/messages/batches/${id}/results` : null,
      request_counts: {
        processing: ended ? 0 : count,
        succeeded: 0,
        errored: 0,
        canceled: 0,
        expired: 0,
        ...(ended ? { [fate]: count } : {}),
      },
    };
  };
}
