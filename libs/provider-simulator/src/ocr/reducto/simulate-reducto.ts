import { randomUUID } from 'node:crypto';
import type { Box } from '@waybill/contracts';
import { see, type DrawnPage, type SeenPage } from '../drawn-page.js';
import { fileOf, formOf } from '../form-files.js';
import type { OcrSimulator } from '../ocr-simulator.js';
import { SimulatorServer, type Refusals, type SimulatedAnswer, type SimulatedRequest } from '../simulator-server.js';

const key = 'reducto-key-simulated-0001';
const refusal = (status: number, detail: unknown): SimulatedAnswer => ({ status, body: { detail } });

const refusals: Refusals = {
  'wrong-key': refusal(401, 'Invalid API key'),
  forbidden: refusal(403, 'Not allowed for this plan'),
  'unknown-model': refusal(404, 'Not Found'),
  'too-large': refusal(413, 'File is larger than 100MB; use a presigned URL'),
  'bad-page': refusal(422, 'Could not open the file: it is corrupted or its type is unsupported'),
  busy: { ...refusal(429, 'Rate limit exceeded'), headers: { 'retry-after': '7' } },
  away: refusal(503, 'Service temporarily unavailable'),
};

interface ParseBody {
  readonly input?: string;
  readonly settings?: { readonly return_ocr_data?: boolean; readonly force_url_result?: boolean };
}

export interface ReductoSimulator extends OcrSimulator {
  /** From now on `/parse` answers with a job, or its result lies at an address of its own. */
  answerWith(way: 'result' | 'job' | 'address'): void;
}

/** Reducto v3: upload, parse (synchronous and asynchronous), job. */
export async function simulateReducto(page: DrawnPage): Promise<ReductoSimulator> {
  const files = new Map<string, Buffer>();
  const jobs = new Map<string, { polls: number; readonly parsed: object | undefined }>();
  const stored = new Map<string, object>();
  let way: 'result' | 'job' | 'address' = 'result';

  async function parse({ input = '', settings }: ParseBody): Promise<object | undefined> {
    const seen = await see(page, files.get(input) ?? Buffer.alloc(0));
    if (!seen) return undefined;
    server.billedPages += 1;
    const result = resultOf(page, seen, settings?.return_ocr_data ?? false);
    const id = randomUUID();
    if (way === 'address') stored.set(`/stored/${id}`, result);
    return {
      job_id: id,
      duration: 0.5,
      pdf_url: null,
      studio_link: null,
      usage: { num_pages: 1, credits: 2, page_billing_breakdown: { 1: ['complex'] } },
      result: way === 'address' ? { type: 'url', url: `${server.url}/stored/${id}`, result_id: id } : result,
    };
  }

  async function answer(request: SimulatedRequest): Promise<SimulatedAnswer> {
    const { pathname } = request.url;
    const kept = stored.get(pathname);
    if (kept)
      return request.headers.authorization
        ? refusal(400, 'Only one auth mechanism allowed')
        : { status: 200, body: kept };
    if (request.headers.authorization !== `Bearer ${key}`) return refusals['wrong-key'];
    const job = jobs.get(/^\/job\/(.+)$/.exec(pathname)?.[1] ?? '');
    if (job) {
      job.polls += 1;
      if (job.polls === 1)
        return { status: 200, headers: { 'retry-after': '0' }, body: { status: 'Pending', progress: 0.5 } };
      return job.parsed
        ? { status: 200, body: { status: 'Completed', progress: 1, result: job.parsed } }
        : { status: 200, body: { status: 'Failed', reason: 'Could not open the file', result: null } };
    }
    if (pathname === '/upload') {
      const id = `reducto://${randomUUID()}.png`;
      files.set(id, await fileOf(await formOf(request), 'file'));
      return { status: 200, body: { file_id: id, presigned_url: null } };
    }
    if (pathname !== '/parse' && pathname !== '/parse_async') return refusals['unknown-model'];
    const parsed = await parse(JSON.parse(request.body.toString('utf8')) as ParseBody);
    if (pathname === '/parse' && way !== 'job') return parsed ? { status: 200, body: parsed } : refusals['bad-page'];
    const id = randomUUID();
    jobs.set(id, { polls: 0, parsed });
    return { status: 200, body: { job_id: id } };
  }

  const server = new SimulatorServer(answer);
  await server.start();
  return {
    server,
    pagePath: /^\/parse$/,
    secret: key,
    refusals,
    answerWith: (chosen) => (way = chosen),
    environment: {
      WAYBILL_OCR_ENGINE: 'reducto',
      WAYBILL_OCR_REDUCTO_KEY: key,
      WAYBILL_OCR_REDUCTO_ENDPOINT: server.url,
    },
  };
}

function resultOf(page: DrawnPage, { words, share }: SeenPage, withOcr: boolean): object {
  const bbox = (box: Box) => {
    const [left, top, right, bottom] = share(box);
    return { left, top, width: right - left, height: bottom - top, page: 1, original_page: 1 };
  };
  const around = (boxes: readonly Box[]): Box => [
    Math.min(...boxes.map(([x0]) => x0)),
    Math.min(...boxes.map(([, y0]) => y0)),
    Math.max(...boxes.map(([, , x1]) => x1)),
    Math.max(...boxes.map(([, , , y1]) => y1)),
  ];
  const block = (type: string, content: string, box: Box) => ({ type, content, bbox: bbox(box), confidence: 'high' });
  const row = (at: number): string =>
    `| ${page.cells
      .filter((cell) => cell.row === at)
      .map(({ text }) => text)
      .join(' | ')} |`;
  const table = [row(0), '| --- | --- | --- |', row(1), row(2)].join('\n');
  const blocks = [
    block('Title', page.heading.map(({ text }) => text).join(' '), around(page.heading.map(({ box }) => box))),
    ...page.pairs.map(({ key: label, value }) =>
      block('Key Value', `${label.text} ${value.text}`, around([label.box, value.box])),
    ),
    block('Text', page.mark.label.text, page.mark.label.box),
    block('Table', table, around(page.cells.map(({ cell }) => cell))),
  ];
  return {
    type: 'full',
    chunks: [{ content: blocks.map(({ content }) => content).join('\n\n'), embed: '', enriched: null, blocks }],
    ocr: withOcr
      ? {
          lines: [],
          words: words.map(({ text, box }) => ({ text, bbox: bbox(box), confidence: 0.99, chunk_index: 0 })),
        }
      : null,
    custom: null,
  };
}
