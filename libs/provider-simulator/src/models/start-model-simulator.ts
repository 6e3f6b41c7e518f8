import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AnthropicBatches } from './anthropic-batches.js';
import type { ModelProfile } from './answer-task.js';
import type { BatchFate } from './batch-fate.js';
import { chance } from './chance.js';
import { pictureNotFetched } from './fetch-pictures.js';
import { GeminiBatches } from './gemini-batches.js';
import { GeminiFiles } from './gemini-files.js';
import { OpenAiBatches } from './openai-batches.js';
import { refuseSchema } from './refuse-schema.js';
import { answerFor, respond, sendJson } from './respond.js';
import { Script, type Behaviour, type Rule } from './script.js';
import type { HttpAnswer, SimulatedCall } from './simulated-call.js';
import { accessKeyOf, isSignedBy, type SignedRequest } from '../signature/verify-signature.js';
import { wireOfPath } from './wires/wire-of-path.js';

export interface SimulatorOptions {
  /** 0 or absent takes a free port. */
  readonly port?: number;
  /** What single models are like: by name, or for any name. */
  readonly models?: Readonly<Record<string, ModelProfile>> | ((model: string) => ModelProfile);
  /** Sees every call as it arrives, also of runs longer than what `requests` remembers. */
  readonly onCall?: (call: SimulatedCall) => void;
}

/** A request that came, as a test may look at it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
  readonly call: SimulatedCall;
}

/** Stand-ins for the APIs of OpenAI, Anthropic, Google and whoever speaks like OpenAI, on one port of this machine. */
export interface ModelSimulator {
  /** The origin, without a path. */
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** Resolves when the next call of this model has arrived. */
  arrival(model: string): Promise<void>;
  /** How the next calls go; the first rule that fits decides. */
  script(...rules: Rule[]): void;
  /** What becomes of batches from now on, until the next reset. */
  fateOfBatches(fate: BatchFate): void;
  /** How many batches were made since the start, and how many files of them are still kept. */
  readonly batches: { readonly made: number; readonly filesKept: number };
  /** Forgets rules and requests. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Starts the stand-ins. Other processes script them over HTTP: `POST /_simulator/script` with a rule or a list of
 * them, `GET /_simulator/requests`, `DELETE /_simulator`.
 */
export async function startModelSimulator({
  port = 0,
  models = {},
  onCall,
}: SimulatorOptions = {}): Promise<ModelSimulator> {
  const script = new Script();
  const profileOf = typeof models === 'function' ? models : (model: string) => models[model] ?? {};
  const calls = new Map<string, number>();
  const requests: SeenRequest[] = [];
  let waiting: { readonly model: string; readonly arrive: () => void }[] = [];
  let fate: BatchFate = 'answered';
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const answerOne = (path: string, body: Record<string, unknown>): HttpAnswer => {
    const wire = wireOfPath(path);
    if (!wire) return { status: 404, body: { error: { message: `Unknown path ${path}` } } };
    const call = wire.read(body, path);
    const refused = refuseSchema(wire.api, body, path);
    if (refused) return refused;
    const behaviour = script.take(call, '') ?? asItIs;
    if (behaviour.kind === 'refuse') return wire.refuse(behaviour.as, behaviour.retryAfterS);
    return { status: 200, body: wire.answer(call, answerFor(call, profileOf(call.model), behaviour)) };
  };
  const openAi = new OpenAiBatches(answerOne, () => fate);
  const anthropic = new AnthropicBatches(answerOne, origin, () => fate);
  const geminiFiles = new GeminiFiles();
  const gemini = new GeminiBatches(answerOne, geminiFiles, () => fate);
  const reset = () => {
    script.clear();
    fate = 'answered';
    calls.clear();
    requests.length = 0;
  };

  const control = (method: string, path: string, bytes: Buffer): HttpAnswer => {
    if (method === 'DELETE') reset();
    else if (path.endsWith('/requests')) return { status: 200, body: requests };
    else for (const rule of [JSON.parse(bytes.toString()) as Rule | Rule[]].flat()) script.add(rule);
    return { status: 200, body: {} };
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'simulator'}`);
    const path = url.pathname;
    const method = request.method ?? 'GET';
    const bytes = await readBody(request);
    if (path.startsWith('/_simulator')) return sendJson(response, control(method, path, bytes));
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('multipart/')) return sendJson(response, await openAi.upload(type, bytes));
    const filed = geminiFiles.handle({ method, url, headers: request.headers, bytes });
    if (filed) return send(response, filed);
    const body = bytes.length > 0 ? (JSON.parse(bytes.toString()) as Record<string, unknown>) : {};
    if (/\/messages\/batches(\/|$)/.test(path)) return send(response, anthropic.handle(method, path, body));
    if (/\/v1\/(files|batches)(\/|$)/.test(path)) return send(response, openAi.handle(method, path, body));
    const batched = gemini.handle(method, url, body);
    if (batched) return sendJson(response, batched);
    const wire = wireOfPath(path);
    if (!wire) return sendJson(response, { status: 404, body: { error: { message: `Unknown path ${path}` } } });
    const key = signedKeyOf({ method, url, headers: request.headers, body: bytes }) ?? keyOf(request);
    const call = wire.read(body, path);
    onCall?.(call);
    if (requests.push({ path, headers: request.headers, body, call }) > mostRemembered) requests.shift();
    if (key === '') return sendJson(response, wire.refuse('auth', 0));
    const refused = refuseSchema(wire.api, body, path);
    if (refused) return sendJson(response, refused);
    for (const { model, arrive } of waiting) if (model === call.model) arrive();
    waiting = waiting.filter(({ model }) => model !== call.model);
    const missed = await pictureNotFetched(call.imageUrls);
    if (missed !== undefined) return sendJson(response, wire.refuse('picture-not-fetched', 0, missed));
    const profile = profileOf(call.model);
    const number = (calls.get(call.model) ?? 0) + 1;
    calls.set(call.model, number);
    const busy = chance(call.model, `call ${number}`) < (profile.busyShare ?? 0);
    return respond(response, { wire, call, profile }, script.take(call, key) ?? (busy ? refusedForAWhile : asItIs));
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) sendJson(response, { status: 500, body: { error: { message: String(error) } } });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));

  return {
    url: origin(),
    requests,
    arrival: (model) => new Promise((arrive) => waiting.push({ model, arrive })),
    script: (...rules) => rules.forEach((rule) => script.add(rule)),
    fateOfBatches: (wanted) => {
      fate = wanted;
    },
    get batches() {
      return {
        made: openAi.made + anthropic.made + gemini.made,
        filesKept: openAi.filesKept + geminiFiles.size,
      };
    },
    reset,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Requests with their pictures are large, and a simulator may run for days. */
const mostRemembered = 1_000;
const asItIs: Behaviour = { kind: 'answer' };
const refusedForAWhile: Behaviour = { kind: 'refuse', as: 'rate-limited', retryAfterS: 2 };

/** Texts as they are (JSONL), everything else as JSON. */
function send(response: ServerResponse, answer: HttpAnswer): void {
  if (typeof answer.body !== 'string') sendJson(response, answer);
  else response.writeHead(answer.status, { 'content-type': 'application/jsonl', ...answer.headers }).end(answer.body);
}

/** The secret that belongs to every access key of AWS here. */
export const simulatedAwsSecret = 'simulated-secret-of-every-access-key-id';

/** The access key that signed a request to AWS; empty when the signature does not hold, undefined without any. */
function signedKeyOf(request: SignedRequest): string | undefined {
  const accessKeyId = accessKeyOf(request);
  if (accessKeyId === undefined) return undefined;
  return isSignedBy(request, { accessKeyId, secret: simulatedAwsSecret, service: 'bedrock' }) ? accessKeyId : '';
}

/** Each API carries its key in a place of its own. */
function keyOf({ headers, url }: IncomingMessage): string {
  const named = ['x-api-key', 'api-key', 'x-goog-api-key', 'x-portkey-api-key']
    .map((name) => headers[name])
    .find(Boolean);
  const bearer = headers.authorization?.replace(/^Bearer\s+/i, '');
  return (
    (typeof named === 'string' ? named : undefined) ??
    bearer ??
    new URL(url ?? '/', 'http://x').searchParams.get('key') ??
    ''
  );
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
