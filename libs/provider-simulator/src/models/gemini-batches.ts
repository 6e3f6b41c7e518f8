import type { BatchFate } from './batch-fate.js';
import type { GeminiFiles } from './gemini-files.js';
import type { AnswerOne } from './openai-batches.js';
import type { HttpAnswer } from './simulated-call.js';
import { noSuchThing, rpcStatusOf } from './wires/gemini.js';

const listed = 2;

interface InlinedRequest {
  readonly request: Record<string, unknown>;
  readonly metadata?: unknown;
}

interface InputConfig {
  readonly fileName?: string;
  readonly file_name?: string;
  readonly requests?: { readonly requests: InlinedRequest[] };
}

interface Batch {
  readonly name: string;
  readonly model: string;
  readonly displayName: unknown;
  readonly input: { readonly fileName: string } | { readonly requests: InlinedRequest[] };
  /** ISO 8601. */
  readonly createdAt: string;
  state: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'CANCELLED' | 'EXPIRED';
  output?: object;
  failed: number;
}

/**
 * Gemini's models/MODEL:batchGenerateContent and /batches: a batch goes one state on each time that it is looked at. As
 * there, what came inline is answered in another order.
 */
export class GeminiBatches {
  /** How many were made since the start. */
  made = 0;
  private readonly batches = new Map<string, Batch>();

  constructor(
    private readonly answerOne: AnswerOne,
    private readonly files: GeminiFiles,
    private readonly fate: () => BatchFate,
  ) {}

  /** Undefined for what is none of its paths. */
  handle(method: string, url: URL, body: Record<string, unknown>): HttpAnswer | undefined {
    const path = url.pathname;
    const model = /^\/v1beta\/(models\/[^/:]+):batchGenerateContent$/.exec(path)?.[1];
    if (model !== undefined) return this.create(model, body.batch as Record<string, unknown>);
    const [isHere, id, action] = /^\/v1beta\/batches(?:\/([^/:]+))?(:cancel)?$/.exec(path) ?? [];
    if (isHere === undefined) return undefined;
    if (id === undefined) return this.list(Number(url.searchParams.get('pageToken') ?? 0));
    const batch = this.batches.get(`batches/${id}`);
    if (!batch) return noSuchThing('batch', id);
    if (method === 'DELETE') this.batches.delete(batch.name);
    else if (action) this.cancel(batch);
    else this.advance(batch);
    return { status: 200, body: method === 'GET' ? this.describe(batch) : {} };
  }

  /** Fewer at a time than anybody asks for, which it may. */
  private list(from: number): HttpAnswer {
    const all = [...this.batches.values()].reverse();
    const operations = all.slice(from, from + listed).map((batch) => this.describe(batch));
    const next = from + listed < all.length ? { nextPageToken: `${from + listed}` } : {};
    return { status: 200, body: { operations, ...next } };
  }

  private create(
    model: string,
    { displayName, display_name: otherName, ...asked }: Record<string, unknown>,
  ): HttpAnswer {
    const config = (asked.inputConfig ?? asked.input_config) as InputConfig;
    const fileName = config.fileName ?? config.file_name;
    if (fileName !== undefined && this.files.text(fileName) === undefined) return noSuchThing('file', fileName);
    const batch: Batch = {
      ...{ name: `batches/simulated${this.made}`, model, displayName: displayName ?? otherName },
      ...{ createdAt: new Date().toISOString(), state: 'PENDING', failed: 0 },
      input: fileName === undefined ? { requests: config.requests?.requests ?? [] } : { fileName },
    };
    this.made += 1;
    this.batches.set(batch.name, batch);
    return { status: 200, body: this.describe(batch) };
  }

  private cancel(batch: Batch): void {
    if (batch.state === 'PENDING' || batch.state === 'RUNNING') batch.state = 'CANCELLED';
  }

  private advance(batch: Batch): void {
    if (this.fate() === 'held') return;
    if (batch.state === 'PENDING') batch.state = 'RUNNING';
    else if (batch.state === 'RUNNING' && this.fate() === 'expired') batch.state = 'EXPIRED';
    else if (batch.state === 'RUNNING') {
      batch.output = this.outputOf(batch);
      batch.state = 'SUCCEEDED';
    }
  }

  private outputOf(batch: Batch): object {
    const { input } = batch;
    if ('requests' in input) {
      const answers = input.requests.map(({ request, metadata }) => ({ metadata, ...this.answer(batch, request) }));
      return { inlinedResponses: { inlinedResponses: answers.reverse() } };
    }
    const lines = linesOf(this.files.text(input.fileName)).map((line) => {
      const { key, request } = JSON.parse(line) as { key: string; request: Record<string, unknown> };
      return `${JSON.stringify({ key, ...this.answer(batch, request) })}\n`;
    });
    return { responsesFile: this.files.keep(Buffer.from(lines.reverse().join('')), 'application/jsonl').name };
  }

  private answer(batch: Batch, request: Record<string, unknown>): object {
    const { status, body } = this.answerOne(`/v1beta/${batch.model}:generateContent`, request);
    if (status === 200) return { response: body };
    batch.failed += 1;
    return { error: rpcStatusOf(body) };
  }

  private describe({ name, model, displayName, input, createdAt, state, output, failed }: Batch): object {
    const count = 'requests' in input ? input.requests.length : linesOf(this.files.text(input.fileName)).length;
    const isOpen = state === 'PENDING' || state === 'RUNNING';
    const counts = state === 'SUCCEEDED' ? { successfulRequestCount: `${count - failed}` } : {};
    const failures = failed > 0 ? { failedRequestCount: `${failed}` } : {};
    const metadata = {
      '@type': 'type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch',
      ...{ model, displayName, name, createTime: createdAt, updateTime: createdAt, state: `BATCH_STATE_${state}` },
      ...('requests' in input ? {} : { inputConfig: input }),
      ...(isOpen ? {} : { endTime: createdAt }),
      batchStats: { requestCount: `${count}`, ...(isOpen ? { pendingRequestCount: `${count}` } : counts), ...failures },
      ...(output ? { output } : {}),
    };
    return { name, metadata, ...(isOpen ? {} : { done: true }), ...(output ? { response: output } : {}) };
  }
}

const linesOf = (text = ''): string[] => text.split('\n').filter(Boolean);
