import { ModelError, type BatchFound, type BatchIntent, type BatchResult, type BatchView } from '@waybill/llm-routing';
import { factsOf, listOf, textOf, type Facts } from '../wire-formats/facts-of.js';
import { askBatches, sendToBatches } from './ask-batches.js';
import type { BatchAddress, BatchWire, WrittenCall } from './batch-wire.js';
import { httpErrorOf } from './google-status.js';
import { jsonLines, parsedJson } from './parsed-json.js';

const listed = 100;
const jsonType = { 'content-type': 'application/json' };

/**
 * Gemini's Batch API: calls as lines of a file, results as lines of another, told apart by their keys. Never inline: such
 * results come without the metadata that they were sent with, and in another order (googleapis/js-genai#1191,
 * googleapis/python-genai#1909). Source: ai.google.dev/api/batch-api and /api/files.
 */
export class GeminiBatchWire implements BatchWire {
  readonly mostCalls = 1_000;

  constructor(private readonly address: BatchAddress) {}

  async submit(
    { id, model }: BatchIntent,
    calls: readonly WrittenCall[],
    secret: string,
    signal: AbortSignal,
  ): Promise<string> {
    const lines = calls.map(({ customId: key, body: request }) => `${JSON.stringify({ key, request })}\n`);
    const fileName = await this.upload(id, lines.join(''), secret, signal);
    const path = model.includes('/') ? model : `models/${model}`;
    const body = JSON.stringify({ batch: { displayName: id, inputConfig: { fileName } } });
    const request = { method: 'POST', headers: jsonType, body };
    return named(await this.ask(`/${path}:batchGenerateContent`, request, secret, signal));
  }

  async find({ id }: BatchIntent, secret: string, signal: AbortSignal): Promise<BatchFound> {
    let token: string | undefined = '';
    while (token !== undefined) {
      const query = `pageSize=${listed}${token && `&pageToken=${encodeURIComponent(token)}`}`;
      const page = await this.ask(`/batches?${query}`, {}, secret, signal);
      const found = listOf(page.operations)
        .map(factsOf)
        .find(({ metadata }) => factsOf(metadata).displayName === id);
      if (found) return { kind: 'found', batch: named(found) };
      token = textOf(page.nextPageToken);
    }
    return { kind: 'none' };
  }

  async look(batch: string, secret: string, signal: AbortSignal): Promise<BatchView> {
    const operation = await this.ask(`/${batch}`, {}, secret, signal);
    const state = stateOf(operation);
    if (state === 'FAILED') throw new ModelError('bad-request', `The batch failed: ${reasonOf(operation)}`);
    const results = resultsFile(operation);
    if (results !== undefined) {
      const text = await askBatches(
        this.rooted('download', `/${results}:download?alt=media`),
        this.get(secret),
        signal,
      );
      return { kind: 'ended', results: jsonLines(text).map(factsOf).flatMap(resultOf) };
    }
    return state === 'CANCELLED' || state === 'EXPIRED' ? { kind: 'ended', results: [] } : { kind: 'under-way' };
  }

  async cancel(batch: string, secret: string, signal: AbortSignal): Promise<void> {
    await this.ask(`/${batch}:cancel`, { method: 'POST' }, secret, signal);
  }

  async clear(batch: string, secret: string, signal: AbortSignal): Promise<void> {
    const operation = await this.ask(`/${batch}`, {}, secret, signal);
    const input = textOf(factsOf(factsOf(operation.metadata).inputConfig).fileName);
    const names = [input, resultsFile(operation), batch].flatMap((name) => name ?? []);
    await Promise.all(names.map((name) => this.ask(`/${name}`, { method: 'DELETE' }, secret, signal)));
  }

  /** @returns the file's name, `files/…` */
  private async upload(displayName: string, text: string, secret: string, signal: AbortSignal): Promise<string> {
    const start = {
      method: 'POST',
      headers: {
        ...this.headersFor(secret),
        ...jsonType,
        'x-goog-upload-protocol': 'resumable',
        'x-goog-upload-command': 'start',
        'x-goog-upload-header-content-length': `${Buffer.byteLength(text)}`,
        'x-goog-upload-header-content-type': 'application/jsonl',
      },
      body: JSON.stringify({ file: { displayName } }),
    };
    const begun = await sendToBatches(this.rooted('upload', '/files'), start, signal);
    const address = begun.headers.get('x-goog-upload-url') ?? unnamed();
    const headers = { 'x-goog-upload-command': 'upload, finalize', 'x-goog-upload-offset': '0' };
    const uploaded = parsedJson(await askBatches(address, { method: 'POST', headers, body: text }, signal));
    return named(factsOf(factsOf(uploaded).file));
  }

  /** Files go in and out by rooms before the version: `/upload/v1beta`, `/download/v1beta`. */
  private rooted(room: 'upload' | 'download', path: string): string {
    const base = this.base;
    const at = base.lastIndexOf('/');
    return `${base.slice(0, at)}/${room}${base.slice(at)}${path}`;
  }

  private get base(): string {
    return this.address.baseUrl.replace(/\/+$/, '');
  }

  private headersFor(secret: string): Record<string, string> {
    return { ...this.address.headers, 'x-goog-api-key': secret };
  }

  private get(secret: string): RequestInit {
    return { headers: this.headersFor(secret) };
  }

  private async ask(path: string, request: RequestInit, secret: string, signal: AbortSignal): Promise<Facts> {
    const headers = { ...this.headersFor(secret), ...(request.headers as Record<string, string>) };
    return factsOf(parsedJson(await askBatches(`${this.base}${path}`, { ...request, headers }, signal)));
  }
}

/** The API says `BATCH_STATE_…`, its guide and its clients `JOB_STATE_…`. */
const stateOf = ({ metadata }: Facts): string | undefined =>
  textOf(factsOf(metadata).state)?.replace(/^(BATCH|JOB)_STATE_/, '');

const resultsFile = ({ response, metadata }: Facts): string | undefined =>
  textOf(factsOf(response).responsesFile) ?? textOf(factsOf(factsOf(metadata).output).responsesFile);

function resultOf({ key, response, error }: Facts): BatchResult[] {
  if (typeof key !== 'string') return [];
  if (response !== undefined) return [{ customId: key, status: 200, body: JSON.stringify(response) }];
  const failed = httpErrorOf(error);
  return [{ customId: key, status: failed.code, body: JSON.stringify({ error: failed }) }];
}

const reasonOf = ({ error }: Facts): string => textOf(factsOf(error).message)?.slice(0, 300) ?? 'no reason given.';

const named = ({ name }: Facts): string => textOf(name) ?? unnamed();

function unnamed(): never {
  throw new ModelError('malformed', 'A batch was answered without its name; see what stands between.');
}
