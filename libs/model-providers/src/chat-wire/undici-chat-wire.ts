import {
  chooseKey,
  ModelError,
  type CallStop,
  type ChatWire,
  type ChatWireAnswer,
  type ChatWireBody,
  type ModelUsage,
  type PoolKey,
} from '@waybill/llm-routing';
import { Pool, type Dispatcher } from 'undici';
import { classifyRefusal, sentenceOf } from '../failures/classify-refusal.js';
import { reopeningTime } from '../failures/reopening-time.js';
import { coolingFor, restedBy } from '../keys/key-rests.js';
import type { ProviderSurroundings } from '../language-model/provider-surroundings.js';
import type { ProviderSettings } from '../provider-settings.js';
import { openAiChatFormat } from '../wire-formats/openai-chat-format.js';
import { AnswerLost, askWhole, type WholeAnswer } from './ask-whole.js';
import { Connections } from './connections.js';

/** Where and how one provider takes Chat Completions. */
export interface ChatAddress {
  /** Ends before `/chat/completions`. */
  readonly baseUrl: string;
  readonly schemaBy: 'api' | 'prompt';
  /** The header of the key, where that is not `Authorization: Bearer`. */
  readonly keyHeader?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const mostConnections = 256;
const mostErrorBytes = 65_536;
const unstatedRestMs = 30_000;
const refusedKeyRestMs = 10 * 60_000;

/** Chat Completions over connections that are kept open. */
export class UndiciChatWire implements ChatWire {
  readonly id: string;
  readonly takesSchema: boolean;
  private readonly connections: Connections;
  /** For answers that come in pieces. */
  private readonly pool: Pool;
  private readonly path: string;
  /** By key, as each call with it sends them. */
  private readonly headersOf: ReadonlyMap<string, string[]>;

  constructor(
    private readonly settings: ProviderSettings,
    address: ChatAddress,
    private readonly surroundings: Omit<ProviderSurroundings, 'blobs'>,
  ) {
    const url = new URL(`${address.baseUrl.replace(/\/+$/, '')}/chat/completions`);
    this.id = settings.id;
    this.takesSchema = address.schemaBy === 'api';
    this.path = url.pathname + url.search;
    this.headersOf = new Map(settings.keys.map(({ id, secret }) => [id, headersWith(secret, address)]));
    // How long a call may take is for the signal to say.
    this.connections = new Connections(url.origin, mostConnections);
    this.pool = new Pool(url.origin, { connections: mostConnections, headersTimeout: 0, bodyTimeout: 0 });
  }

  ask(body: ChatWireBody, model: string, stop: CallStop): Promise<Buffer> {
    const answerOf = (answer: WholeAnswer): Buffer | ModelError =>
      answer.statusCode === 200
        ? answer.body
        : this.refusal(answer, answer.body.subarray(0, mostErrorBytes).toString(), model);
    const lost = (error: unknown): never => this.lost(error, model);
    return this.withKeys(body, model, (key, bytes) => {
      const call = { request: this.request(bytes, key), stop, sent: body.sent };
      return askWhole(this.connections, call).then(answerOf, lost);
    });
  }

  async send(body: ChatWireBody, model: string, { signal }: CallStop): Promise<ChatWireAnswer> {
    return await this.withKeys(body, model, async (key, bytes) => {
      const response = await this.pool.request({ ...this.request(bytes, key), signal }).catch((cause: unknown) => {
        signal.throwIfAborted();
        return this.lost(new AnswerLost('asking', cause), model);
      });
      if (response.statusCode === 200) return this.answer(response, model, signal);
      return this.refusal(response, await textUpTo(response.body, mostErrorBytes), model);
    });
  }

  usageOf(body: unknown): ModelUsage | undefined {
    return openAiChatFormat.usage(body);
  }

  async close(): Promise<void> {
    await Promise.all([this.connections.close(), this.pool.destroy()]);
  }

  /** Asks with one key after the other until one is served. */
  private async withKeys<Answer extends object>(
    body: ChatWireBody,
    model: string,
    ask: (key: PoolKey, bytes: readonly Uint8Array[]) => Promise<Answer | ModelError>,
  ): Promise<Answer> {
    let failed: ModelError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const taken = this.takeKey(model);
      const key = taken instanceof Promise ? await taken : taken;
      const bytes = body.bytes();
      if (!bytes) throw failed ?? new Error('A body was let go before it was sent.');
      const answer = await ask(key, bytes);
      if (!(answer instanceof ModelError)) return answer;
      const isOfKey = await this.restKey(restedBy(key.id, model, answer), answer);
      if (!isOfKey || attempt >= this.settings.keys.length) throw answer;
      failed = answer;
    }
  }

  private request(body: readonly Uint8Array[], { id }: PoolKey): Dispatcher.DispatchOptions {
    return {
      method: 'POST',
      path: this.path,
      headers: this.headersOf.get(id) ?? null,
      // Joined, it goes out in one write; copying a megabyte costs less than passing it on in pieces.
      body: body.length === 1 ? body[0] : Buffer.concat(body),
    };
  }

  private lost(error: unknown, model: string): never {
    if (!(error instanceof AnswerLost)) throw error;
    const whom = `${this.id} (${model})`;
    const { cause } = error;
    if (error.stage === 'answering') {
      throw new ModelError('truncated', `The answer of ${whom} broke off; ask again.`, { cause });
    }
    throw new ModelError('overloaded', `${whom} could not be reached; see that its address is right.`, { cause });
  }

  private answer({ headers, body }: Dispatcher.ResponseData, model: string, signal: AbortSignal): ChatWireAnswer {
    const whom = `${this.id} (${model})`;
    const pieces = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* body as AsyncIterable<Uint8Array>;
      } catch (cause) {
        signal.throwIfAborted();
        throw new ModelError('truncated', `The answer of ${whom} broke off; ask again.`, { cause });
      }
    };
    return { contentType: String(headers['content-type'] ?? ''), body: pieces() };
  }

  private refusal(
    { statusCode, headers }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>,
    text: string,
    model: string,
  ): ModelError {
    const raw = parsed(text);
    const kind = statusCode < 400 ? 'malformed' : classifyRefusal(statusCode, text);
    const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const until =
      kind === 'rate-limited' || kind === 'overloaded'
        ? reopeningTime(named, raw, this.surroundings.clock.now())
        : undefined;
    const said = sentenceOf(raw, text) || 'no reason given';
    const sentence = `${this.id} (${model}) does not answer (HTTP ${statusCode}: ${said}).`;
    return new ModelError(kind, sentence, { status: statusCode, raw: raw ?? text, ...(until ? { until } : {}) });
  }

  private takeKey(model: string): PoolKey | Promise<PoolKey> {
    const resting = this.surroundings.keyHealth.coolingUntil(this.id);
    return resting instanceof Promise
      ? resting.then((known) => this.keyBeside(known, model))
      : this.keyBeside(resting, model);
  }

  private keyBeside(resting: ReadonlyMap<string, Date>, model: string): PoolKey {
    const { clock, random } = this.surroundings;
    const { keys } = this.settings;
    const [only, another] = keys;
    if (only && !another && resting.size === 0) return only;
    const cooling = coolingFor(keys, model, resting);
    const choice = chooseKey(keys, cooling, clock.now(), random());
    if (choice.kind === 'key') return choice.key;
    const sentence = `Every key of ${this.id} rests for ${model} until ${choice.until.toISOString()}; ask again then.`;
    throw new ModelError('rate-limited', sentence, { until: choice.until });
  }

  /** @returns whether another key might be served */
  private async restKey(rested: string, { kind, facts }: ModelError): Promise<boolean> {
    if (kind !== 'rate-limited' && kind !== 'auth') return false;
    const { keyHealth, clock } = this.surroundings;
    const restMs = kind === 'auth' ? refusedKeyRestMs : unstatedRestMs;
    await keyHealth.cool(this.id, rested, facts.until ?? new Date(clock.now().getTime() + restMs));
    return true;
  }
}

/** Names and values in turn, which is what goes over the wire. */
function headersWith(secret: string, { keyHeader, headers }: ChatAddress): string[] {
  const own = {
    ...headers,
    [keyHeader ?? 'authorization']: keyHeader === undefined ? `Bearer ${secret}` : secret,
    'content-type': 'application/json',
  };
  return Object.entries(own).flat();
}

async function textUpTo(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body) {
      pieces.push(piece);
      length += piece.length;
      if (length >= mostBytes) break;
    }
  } catch {
    // What came of an error's text before it broke off is all there is to tell.
  }
  return Buffer.concat(pieces).subarray(0, mostBytes).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
