import { ModelError, type BatchFound, type BatchIntent, type BatchResult, type BatchView } from '@waybill/llm-routing';
import { factsOf, listOf, textOf, type Facts } from '../wire-formats/facts-of.js';
import { askBatches } from './ask-batches.js';
import type { BatchAddress, BatchWire, WrittenCall } from './batch-wire.js';
import { jsonLines, parsedJson } from './parsed-json.js';

const room = '/messages/batches';
/** Between two clocks. */
const skewMs = 300_000;

/** Anthropic's Message Batches. They carry no name of ours: a lost one is known by its calls when it has ended. */
export class AnthropicBatchWire implements BatchWire {
  readonly mostCalls = 1_000;

  constructor(private readonly address: BatchAddress) {}

  async submit(_: BatchIntent, calls: readonly WrittenCall[], secret: string, signal: AbortSignal): Promise<string> {
    const requests = calls.map(({ customId: custom_id, body: params }) => ({ custom_id, params }));
    const betas = new Set(calls.flatMap(({ beta }) => beta?.split(',').map((name) => name.trim()) ?? []));
    const headers = {
      'content-type': 'application/json',
      ...(betas.size > 0 ? { 'anthropic-beta': [...betas].join(',') } : {}),
    };
    const request = { method: 'POST', headers, body: JSON.stringify({ requests }) };
    const id = textOf(factsOf(parsedJson(await this.ask(room, request, secret, signal))).id);
    if (id !== undefined) return id;
    throw new ModelError('malformed', 'A batch was answered without its name; see what stands between.');
  }

  async find({ begunAt, customIds }: BatchIntent, secret: string, signal: AbortSignal): Promise<BatchFound> {
    const page = factsOf(parsedJson(await this.ask(`${room}?limit=100`, {}, secret, signal)));
    const candidates = listOf(page.data)
      .map(factsOf)
      .filter(({ created_at: at }) => Date.parse(textOf(at) ?? '') >= begunAt.getTime() - skewMs)
      .filter(({ request_counts: counts }) => totalOf(factsOf(counts)) === customIds.length);
    for (const { id, processing_status: state } of candidates) {
      if (state !== 'ended') continue;
      const results = await this.results(textOf(id) ?? '', secret, signal);
      if (results.some(({ custom_id: customId }) => customIds.some((wanted) => wanted === customId)))
        return { kind: 'found', batch: textOf(id) ?? '' };
    }
    return candidates.some(({ processing_status: state }) => state !== 'ended')
      ? { kind: 'unclear' }
      : { kind: 'none' };
  }

  async look(batch: string, secret: string, signal: AbortSignal): Promise<BatchView> {
    const { processing_status: state } = factsOf(parsedJson(await this.ask(`${room}/${batch}`, {}, secret, signal)));
    if (state !== 'ended') return { kind: 'under-way' };
    return { kind: 'ended', results: (await this.results(batch, secret, signal)).flatMap(resultOf) };
  }

  async cancel(batch: string, secret: string, signal: AbortSignal): Promise<void> {
    await this.ask(`${room}/${batch}/cancel`, { method: 'POST' }, secret, signal);
  }

  async clear(batch: string, secret: string, signal: AbortSignal): Promise<void> {
    await this.ask(`${room}/${batch}`, { method: 'DELETE' }, secret, signal);
  }

  private async results(batch: string, secret: string, signal: AbortSignal): Promise<Facts[]> {
    return jsonLines(await this.ask(`${room}/${batch}/results`, {}, secret, signal)).map(factsOf);
  }

  private ask(path: string, request: RequestInit, secret: string, signal: AbortSignal): Promise<string> {
    const { baseUrl, headers } = this.address;
    const own = { 'x-api-key': secret, 'anthropic-version': '2023-06-01' };
    const sent = { ...headers, ...own, ...(request.headers as Record<string, string>) };
    return askBatches(`${baseUrl.replace(/\/+$/, '')}${path}`, { ...request, headers: sent }, signal);
  }
}

const totalOf = (counts: Facts): number =>
  Object.values(counts).reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 0), 0);

/** What was canceled or has expired was not answered. */
function resultOf({ custom_id: customId, result }: Facts): BatchResult[] {
  const { type, message, error } = factsOf(result);
  if (typeof customId !== 'string') return [];
  if (type === 'succeeded') return [{ customId, status: 200, body: JSON.stringify(message) }];
  if (type !== 'errored') return [];
  const kind = textOf(factsOf(factsOf(error).error).type) ?? '';
  return [{ customId, status: statuses[kind] ?? 400, body: JSON.stringify(error) }];
}

/** As calls by themselves are refused. Source: Anthropic's guide "Errors". */
const statuses: Readonly<Record<string, number>> = {
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};
