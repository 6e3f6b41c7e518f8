import { cornersOf, see, type DrawnPage } from '../drawn-page.js';
import { fileOf, formOf } from '../form-files.js';
import type { OcrSimulator } from '../ocr-simulator.js';
import { SimulatorServer, type Refusals, type SimulatedAnswer, type SimulatedRequest } from '../simulator-server.js';

const key = 'ocr-server-key-0001';
const refusal = (status: number, error: string): SimulatedAnswer => ({ status, body: { error } });

const refusals: Refusals = {
  'wrong-key': refusal(401, 'wrong token'),
  forbidden: refusal(403, 'not allowed'),
  'unknown-model': refusal(404, 'no such address'),
  'too-large': refusal(413, 'file too large'),
  'bad-page': refusal(400, 'Invalid image'),
  busy: { ...refusal(429, 'too many requests'), headers: { 'retry-after': '7' } },
  away: refusal(500, 'OCR processing failed'),
};

/** LiteParse's contract for OCR servers: `POST /ocr` with `file` and `language`. */
export async function simulateOcrServer(page: DrawnPage): Promise<OcrSimulator> {
  async function answer(request: SimulatedRequest): Promise<SimulatedAnswer> {
    if (request.method !== 'POST' || request.url.pathname !== '/ocr') return refusals['unknown-model'];
    if (request.headers.authorization !== `Bearer ${key}`) return refusals['wrong-key'];
    const form = await formOf(request);
    const language = form?.get('language') ?? 'en';
    if (typeof language !== 'string' || !/^[a-z]{2}$/.test(language)) return refusal(400, 'Invalid language');
    const seen = await see(page, await fileOf(form, 'file'));
    if (!seen) return refusals['bad-page'];
    server.billedPages += 1;
    const results = seen.words.map(({ text, box }) => {
      const bbox = seen.pixels(box);
      return { text, bbox, confidence: 0.99, polygon: cornersOf(bbox) };
    });
    return { status: 200, body: { results } };
  }

  const server = new SimulatorServer(answer);
  await server.start();
  return {
    server,
    pagePath: /^\/ocr$/,
    secret: key,
    refusals,
    environment: {
      WAYBILL_OCR_ENGINE: 'ocr-server',
      WAYBILL_OCR_SERVER_URL: `${server.url}/ocr`,
      WAYBILL_OCR_SERVER_KEY: key,
      WAYBILL_OCR_SERVER_COST_USD_PER_PAGE: '0.0005',
    },
  };
}
