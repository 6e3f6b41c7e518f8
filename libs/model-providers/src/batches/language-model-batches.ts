import {
  chooseKey,
  ModelError,
  type BatchFound,
  type BatchIntent,
  type BatchLine,
  type BatchResult,
  type BatchView,
  type ModelAnswer,
  type ModelBatches,
  type ModelRequest,
} from '@waybill/llm-routing';
import { translateError } from '../failures/translate-error.js';
import type { ProviderFamily } from '../families/provider-family.js';
import { coolingFor } from '../keys/key-rests.js';
import { answerOf } from '../language-model/answer-of.js';
import { callOptions } from '../language-model/call-options.js';
import type { ProviderSurroundings } from '../language-model/provider-surroundings.js';
import { reconsider } from '../language-model/reconsider.js';
import { sentSchema } from '../language-model/sent-schema.js';
import type { SpokenProvider } from '../language-model/spoken-provider.js';
import type { ProviderSettings } from '../provider-settings.js';
import type { BatchWire, WrittenCall } from './batch-wire.js';

/** Batches of a provider: the library writes each request and reads each answer, and only what carries them differs. */
export class LanguageModelBatches implements ModelBatches {
  readonly mostCalls: number;

  private readonly settings: ProviderSettings;
  private readonly family: ProviderFamily;

  constructor(
    private readonly spoken: SpokenProvider,
    private readonly wire: BatchWire,
    private readonly surroundings: ProviderSurroundings,
  ) {
    this.settings = spoken.settings;
    this.family = spoken.family;
    this.mostCalls = wire.mostCalls;
  }

  async chooseKey(model: string): Promise<string> {
    const { keyHealth, clock, random } = this.surroundings;
    const { id, keys } = this.settings;
    const choice = chooseKey(keys, coolingFor(keys, model, await keyHealth.coolingUntil(id)), clock.now(), random());
    if (choice.kind === 'key') return choice.key.id;
    const sentence = `Every key of ${id} rests for ${model} until ${choice.until.toISOString()}; the batch can wait.`;
    throw new ModelError('rate-limited', sentence, { until: choice.until });
  }

  async write(request: ModelRequest): Promise<string> {
    let written: Omit<WrittenCall, 'customId'> | undefined;
    const keep: typeof globalThis.fetch = (_url, init) => {
      const beta = new Headers(init?.headers).get('anthropic-beta');
      written = { body: JSON.parse(init?.body as string) as unknown, ...(beta === null ? {} : { beta }) };
      return Promise.reject(new Error('Written, and not sent.'));
    };
    const options = await callOptions(request, this.family, this.surroundings.blobs, sentSchema(request, this.spoken));
    const model = await this.model(request, keep);
    const [outcome] = await Promise.allSettled([model.doGenerate(options)]);
    const failure: unknown = outcome.status === 'rejected' ? outcome.reason : undefined;
    if (written) return JSON.stringify(written);
    throw translateError(failure, this.asked(request), this.surroundings.clock.now());
  }

  async read(request: ModelRequest, { status, body }: BatchResult): Promise<ModelAnswer> {
    const headers = { 'content-type': 'application/json' };
    const carry: typeof globalThis.fetch = () => Promise.resolve(new Response(body, { status, headers }));
    const format = this.family.format(this.settings);
    try {
      const sent = sentSchema(request, this.spoken);
      const options = await callOptions(request, this.family, this.surroundings.blobs, sent);
      const result = await (await this.model(request, carry)).doGenerate(options);
      return answerOf(result, { request, sent }, format, this.asked(request));
    } catch (error) {
      const failure = translateError(error, this.asked(request), this.surroundings.clock.now());
      throw reconsider(failure, format, this.asked(request));
    }
  }

  async submit(intent: BatchIntent, lines: readonly BatchLine[], signal: AbortSignal): Promise<string> {
    const calls = lines.map(({ customId, written }) => {
      const call = JSON.parse(written) as Omit<WrittenCall, 'customId'>;
      return { ...call, customId };
    });
    return await this.wire.submit(intent, calls, this.secretOf(intent.key), signal);
  }

  async find(intent: BatchIntent, signal: AbortSignal): Promise<BatchFound> {
    return await this.wire.find(intent, this.secretOf(intent.key), signal);
  }

  async look(batch: string, key: string, signal: AbortSignal): Promise<BatchView> {
    return await this.wire.look(batch, this.secretOf(key), signal);
  }

  async cancel(batch: string, key: string, signal: AbortSignal): Promise<void> {
    await this.wire.cancel(batch, this.secretOf(key), signal);
  }

  async clear(batch: string, key: string, signal: AbortSignal): Promise<void> {
    await this.wire.clear(batch, this.secretOf(key), signal);
  }

  private async model({ model }: ModelRequest, fetch: typeof globalThis.fetch) {
    const { settings } = this;
    return await this.family.model({ settings, secret: settings.keys[0]?.secret ?? '', model, fetch });
  }

  private asked({ model }: ModelRequest) {
    return { provider: this.settings.id, model };
  }

  private secretOf(key: string): string {
    const found = this.settings.keys.find(({ id }) => id === key);
    if (found) return found.secret;
    throw new ModelError('auth', `The key "${key}" of ${this.settings.id} is gone, and a batch with it.`);
  }
}
