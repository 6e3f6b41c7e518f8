import type { LanguageModelV3, LanguageModelV3CallOptions } from '@ai-sdk/provider';
import {
  chooseKey,
  ModelError,
  type CallService,
  type ModelAnswer,
  type ModelBatches,
  type ModelEvent,
  type ModelProvider,
  type ModelRequest,
} from '@waybill/llm-routing';
import { translateError, type Asked } from '../failures/translate-error.js';
import type { ProviderFamily } from '../families/provider-family.js';
import type { ProviderSettings } from '../provider-settings.js';
import { LanguageModelBatches } from '../batches/language-model-batches.js';
import { answerOf } from './answer-of.js';
import { callOptions } from './call-options.js';
import { coolingFor, restedBy } from '../keys/key-rests.js';
import { finishAnswer } from './finish-answer.js';
import { gatherStream, heldBack } from './gather-stream.js';
import type { ProviderSurroundings } from './provider-surroundings.js';
import { reconsider } from './reconsider.js';
import { sentSchema, type SentSchema } from './sent-schema.js';
import type { SpokenProvider } from './spoken-provider.js';

/** How long a key rests when the provider does not say. */
const unstatedRestMs = 30_000;
const refusedKeyRestMs = 10 * 60_000;

/** A provider of any family: one key, one request, one answer or one `ModelError`. */
export class LanguageModelProvider implements ModelProvider {
  readonly id: string;
  readonly batches?: ModelBatches;
  readonly services?: readonly CallService[];

  private readonly settings: ProviderSettings;
  private readonly family: ProviderFamily;

  constructor(
    private readonly spoken: SpokenProvider,
    private readonly surroundings: ProviderSurroundings,
  ) {
    const { settings, family } = spoken;
    this.settings = settings;
    this.family = family;
    this.id = settings.id;
    if (family.services) this.services = family.services;
    const wire = family.batches?.(settings);
    if (wire) this.batches = new LanguageModelBatches(spoken, wire, surroundings);
  }

  async call(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer> {
    const attempt = await this.begin(request, signal);
    try {
      const result = await attempt.model.doGenerate(attempt.options);
      return answerOf(result, { request, sent: attempt.sent }, this.family.format(this.settings), attempt.asked);
    } catch (error) {
      throw await this.explain(error, attempt, signal);
    }
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    const attempt = await this.begin(request, signal);
    const format = this.family.format(this.settings);
    try {
      const { stream } = await attempt.model.doStream({ ...attempt.options, includeRawChunks: true });
      const { sent } = attempt;
      const pieces = gatherStream(stream, format);
      // What has to be reversed is not shown in pieces, but that it comes is.
      const gathered = yield* sent?.isChanged ? heldBack(pieces) : pieces;
      const answer = finishAnswer(gathered, { request, sent }, format, attempt.asked);
      if (sent?.isChanged) yield { type: 'text', text: answer.text };
      yield { type: 'answer', answer };
    } catch (error) {
      throw await this.explain(error, attempt, signal);
    }
  }

  private async begin(request: ModelRequest, signal: AbortSignal): Promise<Attempt> {
    signal.throwIfAborted();
    const { clock, blobs } = this.surroundings;
    const leftMs = request.deadline.getTime() - clock.now().getTime();
    if (leftMs <= 0) throw new ModelError('timeout', `The deadline passed before ${this.id} was asked.`);
    const key = await this.takeKey(request);
    const timer = AbortSignal.timeout(Math.min(leftMs, 2_147_483_647));
    const sent = sentSchema(request, this.spoken);
    const options = await callOptions(request, this.family, blobs, sent);
    const { settings } = this;
    return {
      sent,
      asked: { provider: this.id, model: request.model },
      key: key.id,
      timer,
      model: await this.family.model({ settings, secret: key.secret, model: request.model }),
      options: { ...options, abortSignal: AbortSignal.any([signal, timer]) },
    };
  }

  /** The admitted key if it does not rest; else any that does not. */
  private async takeKey({ key: admitted, model }: ModelRequest): Promise<ProviderSettings['keys'][number]> {
    const { keyHealth, clock, random } = this.surroundings;
    const { keys } = this.settings;
    const cooling = coolingFor(keys, model, await keyHealth.coolingUntil(this.id));
    const wanted = keys.find(({ id }) => id === admitted);
    if (wanted && (cooling.get(wanted.id) ?? 0) <= clock.now()) return wanted;
    const choice = chooseKey(keys, cooling, clock.now(), random());
    if (choice.kind === 'cooling') {
      const sentence = `Every key of ${this.id} rests for ${model} until ${choice.until.toISOString()}; the call can wait.`;
      throw new ModelError('rate-limited', sentence, { until: choice.until });
    }
    const key = keys.find(({ id }) => id === choice.key.id);
    if (!key) throw new Error(`The key ${choice.key.id} of ${this.id} is not in its settings.`);
    return key;
  }

  /** The error to throw; on the way, a key that was refused is taken out of use for a while. */
  private async explain(error: unknown, { asked, key, timer }: Attempt, signal: AbortSignal): Promise<unknown> {
    if (signal.aborted) return signal.reason;
    if (timer.aborted)
      return new ModelError('timeout', `${this.id} did not answer before the deadline.`, { cause: error });
    const { clock, keyHealth } = this.surroundings;
    const failure = reconsider(translateError(error, asked, clock.now()), this.family.format(this.settings), asked);
    const now = clock.now().getTime();
    const rested = restedBy(key, asked.model, failure);
    if (failure.kind === 'rate-limited') {
      await keyHealth.cool(this.id, rested, failure.facts.until ?? new Date(now + unstatedRestMs));
    } else if (failure.kind === 'auth') await keyHealth.cool(this.id, rested, new Date(now + refusedKeyRestMs));
    return failure;
  }
}

interface Attempt {
  readonly sent: SentSchema | undefined;
  readonly asked: Asked;
  readonly key: string;
  readonly timer: AbortSignal;
  readonly model: LanguageModelV3;
  readonly options: LanguageModelV3CallOptions;
}
