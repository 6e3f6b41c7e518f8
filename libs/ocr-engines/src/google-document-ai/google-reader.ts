import { StageError } from '@waybill/jobs';
import type { HostedPage, HostedReader, HostedReading, PictureLimits } from '../hosted/hosted-reader.js';
import { languageTag } from '../hosted/language-tag.js';
import { parseAnswer } from '../hosted/parse-answer.js';
import { ProviderExchange } from '../hosted/provider-exchange.js';
import { AccessToken } from './access-token.js';
import { googleRefusal, processAnswerSchema } from './google-answer.js';
import { googleReading } from './google-reading.js';
import type { ServiceAccount } from './service-account.js';

export interface GoogleOptions {
  /** `projects/P/locations/L/processors/ID`. */
  readonly processor: string;
  readonly account: ServiceAccount;
  readonly endpoint: string | undefined;
}

/** Google Document AI, online processing with a processor of the operator's own. */
export class GoogleReader implements HostedReader {
  /** Of online requests: 40 MB in base64, 40 megapixels a picture. */
  readonly limits: PictureLimits = { bytes: 29 * 1_000_000, side: 10_000, leastSide: 16, pixels: 40_000_000 };
  readonly #exchange: ProviderExchange;
  readonly #token: AccessToken;
  readonly #url: URL;

  constructor({ processor, account, endpoint }: GoogleOptions) {
    const location = /\/locations\/([^/]+)/.exec(processor)?.[1] ?? 'us';
    this.#url = new URL(`/v1/${processor}:process`, endpoint ?? `https://${location}-documentai.googleapis.com`);
    this.#token = new AccessToken(account);
    this.#exchange = new ProviderExchange({ provider: 'Google Document AI', secrets: [], refusalOf: googleRefusal });
  }

  async read({ picture, languages, signal }: HostedPage): Promise<HostedReading> {
    const token = await this.#token.get(signal);
    const content = Buffer.from(picture.bytes).toString('base64');
    const hints = languages.flatMap((code) => languageTag(code) ?? []);
    try {
      const answer = await this.#exchange.send({
        method: 'POST',
        url: this.#url,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          skipHumanReview: true,
          rawDocument: { content, mimeType: picture.mediaType },
          fieldMask: 'text,pages.tokens,pages.tables,pages.formFields',
          processOptions: { ocrConfig: { hints: { languageHints: hints } } },
        }),
        signal,
      });
      return googleReading(parseAnswer(processAnswerSchema, answer.json, this.#exchange).document);
    } catch (error) {
      // A token may be withdrawn before it ends.
      if (error instanceof StageError && error.failure.code === 'model-failed') this.#token.forget();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#exchange.close(), this.#token.close()]);
  }
}
