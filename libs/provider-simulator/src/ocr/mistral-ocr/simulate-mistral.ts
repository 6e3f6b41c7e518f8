import type { Box } from '@waybill/contracts';
import { see, wordsOf, type DrawnPage, type DrawnWord, type SeenPage } from '../drawn-page.js';
import type { OcrSimulator } from '../ocr-simulator.js';
import { SimulatorServer, type Refusals, type SimulatedAnswer, type SimulatedRequest } from '../simulator-server.js';

const key = 'mistral-key-simulated-0001';

const refusal = (status: number, message: string, type: string): SimulatedAnswer => ({
  status,
  body: { object: 'error', message, type, param: null, code: null },
});

const refusals: Refusals = {
  'wrong-key': { status: 401, body: { detail: 'Unauthorized' } },
  forbidden: refusal(403, 'You do not have access to this model.', 'forbidden'),
  'unknown-model': refusal(400, 'Invalid model: mistral-ocr-0', 'invalid_model'),
  'too-large': refusal(413, 'Request entity too large', 'invalid_request_error'),
  'bad-page': refusal(400, 'Image could not be loaded from the url.', 'invalid_request_file'),
  busy: { ...refusal(429, 'Requests rate limit exceeded', 'rate_limited'), headers: { 'retry-after': '7' } },
  away: refusal(503, 'Service unavailable.', 'service_unavailable'),
};

interface OcrBody {
  readonly model?: string;
  readonly document?: { readonly type?: string; readonly image_url?: string | { readonly url: string } };
  readonly include_blocks?: boolean;
  readonly confidence_scores_granularity?: string;
}

/** Mistral OCR, `POST /v1/ocr`. */
export async function simulateMistral(page: DrawnPage): Promise<OcrSimulator> {
  async function answer(request: SimulatedRequest): Promise<SimulatedAnswer> {
    if (request.url.pathname !== '/v1/ocr') return { status: 404, body: { detail: 'Not Found' } };
    if (request.headers.authorization !== `Bearer ${key}`) return refusals['wrong-key'];
    const asked = JSON.parse(request.body.toString('utf8')) as OcrBody;
    if (!['mistral-ocr-4-0', 'mistral-ocr-2512'].includes(asked.model ?? '')) return refusals['unknown-model'];
    const image = asked.document?.image_url;
    const url = typeof image === 'string' ? image : (image?.url ?? '');
    const [, base64 = ''] = /^data:image\/(?:png|jpeg);base64,(.*)$/s.exec(url) ?? [];
    const seen = await see(page, Buffer.from(base64, 'base64'));
    if (!seen) return refusals['bad-page'];
    server.billedPages += 1;
    return { status: 200, body: answerOf(page, seen, asked) };
  }

  const server = new SimulatorServer(answer);
  await server.start();
  return {
    server,
    pagePath: /^\/v1\/ocr$/,
    secret: key,
    refusals,
    environment: {
      WAYBILL_OCR_ENGINE: 'mistral-ocr',
      WAYBILL_OCR_MISTRAL_KEY: key,
      WAYBILL_OCR_MISTRAL_ENDPOINT: server.url,
    },
  };
}

function answerOf(page: DrawnPage, seen: SeenPage, asked: OcrBody): object {
  const isSeen = (word: DrawnWord): boolean => seen.words.includes(word);
  const line = (words: readonly DrawnWord[]): string =>
    words
      .filter(isSeen)
      .map(({ text }) => text)
      .join(' ');
  const row = (at: number): string =>
    `| ${page.cells
      .filter((cell) => cell.row === at)
      .map(({ text }) => text)
      .join(' | ')} |`;
  const [first, second] = page.pairs;
  const blocks = [
    block(
      'title',
      `# ${line(page.heading)}`,
      page.heading.map(({ box }) => box),
      seen,
    ),
    ...[first, second].flatMap((pair) =>
      pair ? [block('text', line([pair.key, pair.value]), [pair.key.box, pair.value.box], seen)] : [],
    ),
    block('text', `☒ ${line([page.mark.label])}`, [page.mark.box, page.mark.label.box], seen),
    block(
      'table',
      [row(0), '| --- | --- | --- |', row(1), row(2)].join('\n'),
      page.cells.map(({ cell }) => cell),
      seen,
    ),
  ];
  const markdown = blocks.map(({ content }) => content).join('\n\n');
  return {
    model: asked.model,
    pages: [
      {
        index: 0,
        markdown,
        images: [],
        tables: [],
        hyperlinks: [],
        header: null,
        footer: null,
        dimensions: { dpi: 200, width: seen.width, height: seen.height },
        ...(asked.include_blocks ? { blocks } : { blocks: null }),
        confidence_scores:
          asked.confidence_scores_granularity === 'word'
            ? {
                average_page_confidence_score: 0.96,
                minimum_page_confidence_score: 0.9,
                word_confidence_scores: wordsOf(page)
                  .filter(isSeen)
                  .map(({ text }) => ({ text, confidence: 0.97, start_index: markdown.indexOf(text) })),
              }
            : null,
      },
    ],
    document_annotation: null,
    usage_info: { pages_processed: 1, doc_size_bytes: 1_000 },
  };
}

function block(type: string, content: string, boxes: readonly Box[], { pixels }: SeenPage) {
  const all = boxes.map(pixels);
  return {
    type,
    content,
    top_left_x: Math.round(Math.min(...all.map(([x0]) => x0))),
    top_left_y: Math.round(Math.min(...all.map(([, y0]) => y0))),
    bottom_right_x: Math.round(Math.max(...all.map(([, , x1]) => x1))),
    bottom_right_y: Math.round(Math.max(...all.map(([, , , y1]) => y1))),
    confidence_scores: null,
  };
}
