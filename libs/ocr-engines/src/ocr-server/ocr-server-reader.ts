import type { Box } from '@waybill/contracts';
import { FormData } from 'undici';
import { z } from 'zod';
import type {
  HostedPage,
  HostedReader,
  HostedReading,
  PagePicture,
  PictureLimits,
  Point,
} from '../hosted/hosted-reader.js';
import { languageTag } from '../hosted/language-tag.js';
import { parseAnswer } from '../hosted/parse-answer.js';
import { placeWords } from '../hosted/place-words.js';
import { topEdgeOf } from '../hosted/polygon-box.js';
import { ProviderExchange } from '../hosted/provider-exchange.js';

const point = z.tuple([z.number(), z.number()]);
const answerSchema = z.object({
  results: z.array(
    z.object({
      text: z.string(),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      confidence: z.number().default(1),
      polygon: z.array(point).length(4).nullish(),
    }),
  ),
});
type Result = z.infer<typeof answerSchema>['results'][number];
const refusalSchema = z.object({ error: z.string() });

export interface OcrServerOptions {
  readonly url: string;
  readonly key: string | undefined;
}

/** Any engine behind LiteParse's contract for OCR servers: `POST` of `file` and `language`, boxes in pixels back. */
export class OcrServerReader implements HostedReader {
  readonly limits: PictureLimits = { bytes: 100 * 1_000_000, side: 20_000, leastSide: 1, pixels: 100_000_000 };
  readonly #exchange: ProviderExchange;
  readonly #options: OcrServerOptions;

  constructor(options: OcrServerOptions) {
    this.#options = options;
    this.#exchange = new ProviderExchange({
      provider: `The OCR server at ${new URL(options.url).host}`,
      secrets: options.key === undefined ? [] : [options.key],
      refusalOf: (status, json) => {
        const detail = refusalSchema.safeParse(json).data?.error;
        return { ...(status === 400 ? { problem: 'page-refused' } : {}), ...(detail === undefined ? {} : { detail }) };
      },
    });
  }

  async read({ picture, languages, signal }: HostedPage): Promise<HostedReading> {
    const form = new FormData();
    const name = picture.mediaType === 'image/png' ? 'page.png' : 'page.jpg';
    form.append('file', new Blob([Uint8Array.from(picture.bytes)], { type: picture.mediaType }), name);
    // The contract takes one language.
    form.append('language', languages.flatMap((code) => languageTag(code) ?? [])[0] ?? 'en');
    const { url, key } = this.#options;
    const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const answer = await this.#exchange.send({ method: 'POST', url, headers, body: form, signal });
    const { results } = parseAnswer(answerSchema, answer.json, this.#exchange);
    return {
      words: results.flatMap((result) => wordsOf(result, picture)),
      tables: [],
      pairs: [],
      billedUnits: 1,
      remarks: [],
    };
  }

  close(): Promise<void> {
    return this.#exchange.close();
  }
}

/** Engines may give whole lines; their words share the line's box by length. */
function wordsOf({ text, bbox, confidence, polygon }: Result, { width, height }: PagePicture) {
  const [x0, y0, x1, y1] = bbox;
  const box: Box = [x0 / width, y0 / height, x1 / width, y1 / height];
  if (/\s/.test(text.trim())) return placeWords({ text, box, confidence });
  const topEdge = topEdgeOf((polygon ?? []).map(([x, y]): Point => [x / width, y / height]));
  return [{ text: text.trim(), box, confidence, ...(topEdge ? { topEdge } : {}) }];
}
