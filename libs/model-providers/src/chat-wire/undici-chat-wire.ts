import { Readable } from 'node:stream';
import {
  chooseKey,
  ModelError,
  type ChatWire,
  type ChatWireAnswer,
  type ModelUsage,
  type PoolKey,
} from '@waybill/llm-routing';
import { Pool, type Dispatcher } from 'undici';
import { classifyRefusal, sentenceOf } from '../failures/classify-refusal.js';
import { reopeningTime } from '../failures/reopening-time.js';
import type { ProviderSurroundings } from '../language-model/language-model-provider.js';
import type { ProviderSettings } from '../provider-settings.js';
import { openAiChatFormat } from '../wire-formats/openai-chat-format.js';

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
/** What fits into one packet or few goes out with the headers in one write. */
const joinedUpToBytes = 65_536;

/** Chat Completions over connections that are kept open. */
export class UndiciChatWire implements ChatWire {
  readonly id: string;
  readonly takesSchema: boolean;
  private readonly pool: Pool;
  private readonly path: string;

  constructor(
    private readonly settings: ProviderSettings,
    private readonly address: ChatAddress,
    private readonly surroundings: Omit<ProviderSurroundings, 'blobs'>,
  ) {
    const url = new URL(`${address.baseUrl.replace(/\/+$/, '')}/chat/completions`);
    this.id = settings.id;
    this.takesSchema = address.schemaBy === 'api';
    this.path = url.pathname + url.search;
    // How long a call may take is for the signal to say.
    this.pool = new Pool(url.origin, { connections: mostConnections, headersTimeout: 0, bodyTimeout: 0 });
  }

  async send(body: readonly Uint8Array[], model: string, signal: AbortSignal): Promise<ChatWireAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const key = await this.takeKey();
      const response = await this.post(body, key.id, model, signal);
      if (response.statusCode === 200) return this.answer(response, model, signal);
      const error = await this.refusal(response, model);
      const isOfKey = await this.restKey(key.id, error);
      if (!isOfKey || attempt >= this.settings.keys.length) throw error;
    }
  }

  usageOf(body: unknown): ModelUsage | undefined {
    return openAiChatFormat.usage(body);
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private async post(
    body: readonly Uint8Array[],
    key: string,
    model: string,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const length = body.reduce((sum, { length: bytes }) => sum + bytes, 0);
    const { keyHeader, headers } = this.address;
    const secret = this.settings.keys.find(({ id }) => id === key)?.secret ?? '';
    try {
      return await this.pool.request({
        ...{ method: 'POST', path: this.path, signal },
        headers: {
          ...headers,
          [keyHeader ?? 'authorization']: keyHeader === undefined ? `Bearer ${secret}` : secret,
          'content-type': 'application/json',
          'content-length': String(length),
        },
        body: length <= joinedUpToBytes ? Buffer.concat(body) : Readable.from(body, { objectMode: false }),
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new ModelError('overloaded', `${this.id} (${model}) could not be reached; see that its address is right.`, {
        cause,
      });
    }
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

  private async refusal({ statusCode, headers, body }: Dispatcher.ResponseData, model: string): Promise<ModelError> {
    const text = await textUpTo(body, mostErrorBytes);
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

  private async takeKey(): Promise<PoolKey> {
    const { keyHealth, clock, random } = this.surroundings;
    const choice = chooseKey(this.settings.keys, await keyHealth.coolingUntil(this.id), clock.now(), random());
    if (choice.kind === 'key') return choice.key;
    const sentence = `Every key of ${this.id} rests until ${choice.until.toISOString()}; ask again then.`;
    throw new ModelError('rate-limited', sentence, { until: choice.until });
  }

  /** @returns whether another key might be served */
  private async restKey(key: string, { kind, facts }: ModelError): Promise<boolean> {
    if (kind !== 'rate-limited' && kind !== 'auth') return false;
    const { keyHealth, clock } = this.surroundings;
    const restMs = kind === 'auth' ? refusedKeyRestMs : unstatedRestMs;
    await keyHealth.cool(this.id, key, facts.until ?? new Date(clock.now().getTime() + restMs));
    return true;
  }
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
