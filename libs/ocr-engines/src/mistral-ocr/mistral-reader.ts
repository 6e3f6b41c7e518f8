import type { HostedPage, HostedReader, HostedReading, PictureLimits } from '../hosted/hosted-reader.js';
import { parseAnswer } from '../hosted/parse-answer.js';
import { ProviderExchange } from '../hosted/provider-exchange.js';
import { mistralRefusal, ocrAnswerSchema } from './mistral-answer.js';
import { mistralReading } from './mistral-reading.js';

export interface MistralOptions {
  readonly endpoint: string;
  readonly key: string;
  readonly model: 'mistral-ocr-4-0' | 'mistral-ocr-2512';
}

/** Mistral OCR: one request a page, the picture as a data URL. */
export class MistralReader implements HostedReader {
  /** Files of 50 MB at most. */
  readonly limits: PictureLimits = { bytes: 36 * 1_000_000, side: 10_000, leastSide: 16, pixels: 100_000_000 };
  readonly #exchange: ProviderExchange;
  readonly #options: MistralOptions;

  constructor(options: MistralOptions) {
    this.#options = options;
    this.#exchange = new ProviderExchange({
      provider: 'Mistral OCR',
      secrets: [options.key],
      refusalOf: mistralRefusal,
    });
  }

  async read({ picture, signal }: HostedPage): Promise<HostedReading> {
    const { endpoint, key, model } = this.#options;
    const base64 = Buffer.from(picture.bytes).toString('base64');
    const answer = await this.#exchange.send({
      method: 'POST',
      url: new URL('/v1/ocr', endpoint),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model,
        document: { type: 'image_url', image_url: `data:${picture.mediaType};base64,${base64}` },
        include_image_base64: false,
        confidence_scores_granularity: 'word',
        // Older models know no blocks.
        ...(model === 'mistral-ocr-4-0' ? { include_blocks: true } : {}),
      }),
      signal,
    });
    return mistralReading(parseAnswer(ocrAnswerSchema, answer.json, this.#exchange));
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }
}
