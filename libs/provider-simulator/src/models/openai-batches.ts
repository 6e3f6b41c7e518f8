import type { BatchFate } from './batch-fate.js';
import type { HttpAnswer } from './simulated-call.js';
import { notFound } from './not-found.js';

interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly text: string;
}
interface StoredBatch {
  readonly id: string;
  readonly input: string;
  readonly endpoint: string;
  readonly createdAt: number;
  readonly metadata: unknown;
  state: 'validating' | 'in_progress' | 'completed' | 'cancelled' | 'expired';
  output?: string;
  total: number;
}

/** Answers one request of a batch as the API of its path would. */
export type AnswerOne = (path: string, body: Record<string, unknown>) => HttpAnswer;

/** OpenAI's /v1/files and /v1/batches. A batch goes one state on each time that it is looked at; the newest is listed first. */
export class OpenAiBatches {
  /** How many were made since the start. */
  made = 0;
  private stored = 0;
  private readonly files = new Map<string, StoredFile>();
  private readonly batches = new Map<string, StoredBatch>();

  constructor(
    private readonly answerOne: AnswerOne,
    private readonly fate: () => BatchFate,
  ) {}

  get filesKept(): number {
    return this.files.size;
  }

  async upload(contentType: string, body: Buffer): Promise<HttpAnswer> {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
    const file = form.get('file');
    if (!(file instanceof Blob)) return notFound('file', 'file');
    const purpose = form.get('purpose');
    const text = await file.text();
    return { status: 200, body: describeFile(this.store(text, typeof purpose === 'string' ? purpose : 'batch')) };
  }

  handle(method: string, path: string, body: Record<string, unknown>): HttpAnswer {
    const [, room, id, action] = /\/v1\/(files|batches)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(path) ?? [];
    if (room === 'files') return this.file(method, id ?? '', action);
    if (id === undefined) return method === 'POST' ? this.create(body) : this.list();
    const batch = this.batches.get(id);
    if (!batch) return notFound('batch', id);
    if (action === 'cancel') batch.state = 'cancelled';
    else if (this.fate() !== 'held') this.advance(batch);
    return { status: 200, body: describeBatch(batch) };
  }

  private file(method: string, id: string, action: string | undefined): HttpAnswer {
    const file = this.files.get(id);
    if (!file) return notFound('file', id);
    if (method === 'DELETE') {
      this.files.delete(id);
      return { status: 200, body: { id, object: 'file', deleted: true } };
    }
    return { status: 200, body: action === 'content' ? file.text : describeFile(file) };
  }

  private create(body: Record<string, unknown>): HttpAnswer {
    const input = this.files.get(String(body.input_file_id));
    if (!input) return notFound('file', String(body.input_file_id));
    const total = input.text.split('\n').filter(Boolean).length;
    const id = `batch_simulated${this.made}`;
    this.made += 1;
    const batch: StoredBatch = {
      id,
      input: input.id,
      endpoint: String(body.endpoint),
      state: 'validating',
      total,
      metadata: body.metadata ?? null,
      createdAt: nowS(),
    };
    this.batches.set(id, batch);
    return { status: 200, body: describeBatch(batch) };
  }

  private list(): HttpAnswer {
    const data = [...this.batches.values()].reverse().map(describeBatch);
    return { status: 200, body: { object: 'list', data, has_more: false } };
  }

  private advance(batch: StoredBatch): void {
    if (batch.state === 'validating') batch.state = 'in_progress';
    else if (batch.state === 'in_progress' && this.fate() === 'expired') batch.state = 'expired';
    else if (batch.state === 'in_progress') {
      const lines = (this.files.get(batch.input)?.text ?? '').split('\n').filter(Boolean);
      const results = lines.map((line) => {
        const request = JSON.parse(line) as { custom_id: string; url: string; body: Record<string, unknown> };
        const { status, body } = this.answerOne(request.url, request.body);
        const response = { status_code: status, request_id: 'req_simulated', body };
        return JSON.stringify({ id: 'batch_req_simulated', custom_id: request.custom_id, response, error: null });
      });
      batch.output = this.store(`${results.join('\n')}\n`, 'batch_output').id;
      batch.state = 'completed';
    }
  }

  private store(text: string, purpose: string): StoredFile {
    const id = `file-simulated${this.stored}`;
    this.stored += 1;
    const file = { id, name: `${id}.jsonl`, purpose, text };
    this.files.set(id, file);
    return file;
  }
}

/** Seconds since 1970. */
const nowS = (): number => Math.floor(Date.now() / 1_000);

const describeFile = ({ id, name, purpose, text }: StoredFile) => ({
  ...{ id, object: 'file', bytes: Buffer.byteLength(text), created_at: nowS(), filename: name, purpose },
  status: 'processed',
});

const describeBatch = ({ id, input, endpoint, state, output, total, metadata, createdAt }: StoredBatch) => ({
  ...{ id, object: 'batch', endpoint, input_file_id: input, completion_window: '24h', status: state, errors: null },
  ...{ output_file_id: output ?? null, error_file_id: null, created_at: createdAt, metadata },
  request_counts: { total, completed: state === 'completed' ? total : 0, failed: 0 },
});
