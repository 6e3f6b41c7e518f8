import type { AnswerOne } from './openai-batches.js';
import type { HttpAnswer } from './simulated-call.js';

interface Batch {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly requests: { custom_id: string; params: Record<string, unknown> }[];
  state: 'in_progress' | 'ended';
  canceled: boolean;
}

/** Anthropic's /v1/messages/batches. A batch has ended when it is looked at, or listed, for the second time. */
export class AnthropicBatches {
  private readonly batches = new Map<string, Batch>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly answerOne: AnswerOne,
    private readonly origin: () => string,
    private readonly areHeld: () => boolean,
  ) {}

  handle(method: string, path: string, body: Record<string, unknown>): HttpAnswer {
    const [, id, action] = /\/messages\/batches(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
    if (id === undefined) {
      if (method !== 'POST') {
        const batches = [...this.batches.values()];
        batches.forEach((batch) => this.look(batch));
        return { status: 200, body: { data: batches.map(this.describe), has_more: false } };
      }
      const requests = body.requests as Batch['requests'];
      const batch: Batch = {
        id: `msgbatch_simulated${this.batches.size}`,
        createdAt: new Date().toISOString(),
        requests,
        state: 'in_progress',
        canceled: false,
      };
      this.batches.set(batch.id, batch);
      return { status: 200, body: this.describe(batch) };
    }
    const batch = this.batches.get(id);
    if (!batch)
      return { status: 404, body: { type: 'error', error: { type: 'not_found_error', message: 'Not found' } } };
    if (action === 'results')
      return { status: 200, headers: { 'content-type': 'application/x-jsonl' }, body: this.results(batch) };
    if (action === 'cancel') batch.canceled = true;
    this.look(batch);
    return { status: 200, body: this.describe(batch) };
  }

  private look(batch: Batch): void {
    if ((this.seen.has(batch.id) && !this.areHeld()) || batch.canceled) batch.state = 'ended';
    this.seen.add(batch.id);
  }

  private results({ requests, canceled }: Batch): string {
    return requests
      .map(({ custom_id: customId, params }) => {
        const { status, body } = this.answerOne('/v1/messages', params);
        const ended = status === 200 ? { type: 'succeeded', message: body } : { type: 'errored', error: body };
        return JSON.stringify({ custom_id: customId, result: canceled ? { type: 'canceled' } : ended });
      })
      .join('\n');
  }

  private readonly describe = ({ id, requests, state, canceled, createdAt }: Batch) => {
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
      ...{ ended_at: ended ? at : null, archived_at: null, cancel_initiated_at: canceled ? at : null },
      results_url: ended ? `${this.origin()}/v1/messages/batches/${id}/results` : null,
      request_counts: {
        processing: ended ? 0 : count,
        succeeded: ended && !canceled ? count : 0,
        errored: 0,
        canceled: canceled ? count : 0,
        expired: 0,
      },
    };
  };
}
