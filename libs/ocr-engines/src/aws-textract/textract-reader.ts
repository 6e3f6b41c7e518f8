import { AwsV4Signer } from 'aws4fetch';
import type { HostedPage, HostedReader, HostedReading, PictureLimits } from '../hosted/hosted-reader.js';
import { parseAnswer } from '../hosted/parse-answer.js';
import { ProviderExchange } from '../hosted/provider-exchange.js';
import { textractAnswerSchema, textractRefusal } from './textract-answer.js';
import { textractReading } from './textract-reading.js';

export interface TextractOptions {
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly features: 'text' | 'tables' | 'tables+forms';
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** Operation and features of each choice. */
const operations = {
  text: { name: 'DetectDocumentText', body: {} },
  tables: { name: 'AnalyzeDocument', body: { FeatureTypes: ['TABLES'] } },
  'tables+forms': { name: 'AnalyzeDocument', body: { FeatureTypes: ['TABLES', 'FORMS'] } },
} as const;

/** AWS Textract, synchronous: one signed request a page (Signature Version 4). */
export class TextractReader implements HostedReader {
  /** Bytes of a synchronous call; sides as the set quotas of the service state them. */
  readonly limits: PictureLimits = { bytes: 10 * 1_000_000, side: 10_000, leastSide: 16, pixels: 100_000_000 };
  readonly #exchange: ProviderExchange;
  readonly #options: TextractOptions;

  constructor(options: TextractOptions) {
    this.#options = options;
    const { secretAccessKey, sessionToken } = options.credentials;
    this.#exchange = new ProviderExchange({
      provider: 'AWS Textract',
      secrets: [secretAccessKey, ...(sessionToken === undefined ? [] : [sessionToken])],
      refusalOf: textractRefusal,
    });
  }

  async read({ picture, signal }: HostedPage): Promise<HostedReading> {
    const { region, endpoint, features, credentials } = this.#options;
    const { name, body } = operations[features];
    const signer = new AwsV4Signer({
      ...credentials,
      service: 'textract',
      region,
      method: 'POST',
      url: new URL('/', endpoint ?? `https://textract.${region}.${domainOf(region)}`).href,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Textract.${name}` },
      body: JSON.stringify({ Document: { Bytes: Buffer.from(picture.bytes).toString('base64') }, ...body }),
      // Signed as well, so that nobody on the way can ask for another operation in our name.
      allHeaders: true,
    });
    const signed = await signer.sign();
    const answer = await this.#exchange.send({
      method: 'POST',
      url: signed.url,
      headers: Object.fromEntries(signed.headers),
      body: signed.body as string,
      signal,
    });
    return textractReading(parseAnswer(textractAnswerSchema, answer.json, this.#exchange));
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }
}

const domainOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');
