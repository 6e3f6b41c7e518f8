import { ModelError, type BatchFound, type BatchIntent, type BatchResult, type BatchView } from '@waybill/llm-routing';
import { factsOf, listOf, textOf, type Facts } from '../wire-formats/facts-of.js';
import { askBatches } from './ask-batches.js';
import type { BatchAddress, BatchWire, WrittenCall } from './batch-wire.js';
import { jsonLines, parsedJson } from './parsed-json.js';

/** Under which a batch carries the name that it has here. */
const nameField = 'waybill_batch';
const listed = 100;

/** OpenAI's /v1/files and /v1/batches: calls as lines of a file, results as lines of others. */
export class OpenAiBatchWire implements BatchWire {
  readonly mostCalls = 1_000;

  constructor(
    private readonly address: BatchAddress,
    private readonly endpoint: '/v1/responses' | '/v1/chat/completions',
  ) {}

  async submit(
    { id }: BatchIntent,
    calls: readonly WrittenCall[],
    secret: string,
    signal: AbortSignal,
  ): Promise<string> {
    const lines = calls.map(({ customId: custom_id, body }) =>
      JSON.stringify({ custom_id, method: 'POST', url: this.endpoint, body }),
    );
    const form = new FormData();
    form.set('purpose', 'batch');
    form.set('file', new Blob([`${lines.join('\n')}\n`], { type: 'application/jsonl' }), `${id}.jsonl`);
    const file = factsOf(parsedJson(await this.ask('/files', { method: 'POST', body: form }, secret, signal)));
    const body = JSON.stringify({
      ...{ input_file_id: file.id, endpoint: this.endpoint, completion_window: '24h' },
      metadata: { [nameField]: id },
    });
    const headers = { 'content-type': 'application/json' };
    const batch = factsOf(parsedJson(await this.ask('/batches', { method: 'POST', body, headers }, secret, signal)));
    return textOf(batch.id) ?? unnamed();
  }

  async find({ id, begunAt }: BatchIntent, secret: string, signal: AbortSignal): Promise<BatchFound> {
    let after = '';
    for (;;) {
      const page = factsOf(parsedJson(await this.ask(`/batches?limit=${listed}${after}`, {}, secret, signal)));
      const batches = listOf(page.data).map(factsOf);
      const found = textOf(batches.find(({ metadata }) => factsOf(metadata)[nameField] === id)?.id);
      if (found !== undefined) return { kind: 'found', batch: found };
      const last = batches.at(-1);
      // The newest come first; the clocks of both sides may differ a little.
      const isPast = typeof last?.created_at === 'number' && last.created_at * 1_000 < begunAt.getTime() - 3_600_000;
      if (page.has_more !== true || !last || isPast) return { kind: 'none' };
      after = `&after=${encodeURIComponent(textOf(last.id) ?? '')}`;
    }
  }

  async look(batch: string, secret: string, signal: AbortSignal): Promise<BatchView> {
    const facts = factsOf(parsedJson(await this.ask(`/batches/${batch}`, {}, secret, signal)));
    if (!['completed', 'failed', 'expired', 'cancelled'].includes(textOf(facts.status) ?? ''))
      return { kind: 'under-way' };
    if (facts.status === 'failed') throw new ModelError('bad-request', `The batch was refused: ${reasonOf(facts)}`);
    const texts = await Promise.all(
      filesOf(facts).map((file) => this.ask(`/files/${file}/content`, {}, secret, signal)),
    );
    return { kind: 'ended', results: texts.flatMap(jsonLines).map(factsOf).flatMap(resultOf) };
  }

  async cancel(batch: string, secret: string, signal: AbortSignal): Promise<void> {
    await this.ask(`/batches/${batch}/cancel`, { method: 'POST' }, secret, signal);
  }

  /** The batch itself stays listed, without content. */
  async clear(batch: string, secret: string, signal: AbortSignal): Promise<void> {
    const facts = factsOf(parsedJson(await this.ask(`/batches/${batch}`, {}, secret, signal)));
    const files = [...filesOf(facts), textOf(facts.input_file_id)].flatMap((file) => file ?? []);
    await Promise.all(files.map((file) => this.ask(`/files/${file}`, { method: 'DELETE' }, secret, signal)));
  }

  private ask(path: string, request: RequestInit, secret: string, signal: AbortSignal): Promise<string> {
    const { baseUrl, headers } = this.address;
    const sent = { ...headers, authorization: `Bearer ${secret}`, ...(request.headers as Record<string, string>) };
    return askBatches(`${baseUrl.replace(/\/+$/, '')}${path}`, { ...request, headers: sent }, signal);
  }
}

/** What came of a batch: answers, and lines that were refused. */
const filesOf = ({ output_file_id: output, error_file_id: errors }: Facts): string[] =>
  [textOf(output), textOf(errors)].flatMap((file) => file ?? []);

function resultOf({ custom_id: customId, response }: Facts): BatchResult[] {
  const { status_code: status, body } = factsOf(response);
  if (typeof customId !== 'string' || typeof status !== 'number') return [];
  return [{ customId, status, body: JSON.stringify(body) }];
}

const reasonOf = ({ errors }: Facts): string =>
  listOf(factsOf(errors).data)
    .map((error) => textOf(factsOf(error).message) ?? '')
    .join(' ')
    .slice(0, 300) || 'no reason given.';

function unnamed(): never {
  throw new ModelError('malformed', 'A batch was answered without its name; see what stands between.');
}
