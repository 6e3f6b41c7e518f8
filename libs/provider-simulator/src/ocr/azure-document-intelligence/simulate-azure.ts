import { randomUUID } from 'node:crypto';
import type { Box } from '@waybill/contracts';
import { cornersOf, see, type DrawnPage, type SeenPage } from '../drawn-page.js';
import type { OcrSimulator } from '../ocr-simulator.js';
import { SimulatorServer, type Refusals, type SimulatedAnswer, type SimulatedRequest } from '../simulator-server.js';

const key = '0123456789abcdef0123456789abcdef';
const analyzePath = /^\/documentintelligence\/documentModels\/([^/:]+):analyze$/;
const resultPath = /^\/documentintelligence\/documentModels\/[^/]+\/analyzeResults\/([0-9a-f-]+)$/;

const refusal = (status: number, code: string, message: string, inner?: { code: string; message: string }) => ({
  status,
  body: { error: { code, message, ...(inner ? { innererror: inner } : {}) } },
});
const invalid = (code: string, message: string): SimulatedAnswer =>
  refusal(400, 'InvalidRequest', 'Invalid request.', { code, message });

const refusals: Refusals = {
  'wrong-key': refusal(
    401,
    '401',
    'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription.',
  ),
  forbidden: refusal(403, 'Forbidden', 'Access forbidden due to policy or other configuration.'),
  'unknown-model': refusal(404, 'NotFound', 'Resource not found.', {
    code: 'ModelNotFound',
    message: 'The requested model was not found.',
  }),
  'too-large': invalid(
    'InvalidContentLength',
    'The input image is too large. Refer to documentation for the maximum file size.',
  ),
  'bad-page': invalid('InvalidContent', 'The file is corrupted or format is unsupported.'),
  busy: {
    ...refusal(429, '429', 'Requests to the Analyze operation have exceeded the call rate limit of your pricing tier.'),
    headers: { 'retry-after': '7' },
  },
  away: refusal(503, 'ServiceUnavailable', 'A transient error has occurred. Please try again.'),
};

/** Azure AI Document Intelligence, REST API 2024-11-30: analyze, then poll. */
export async function simulateAzure(page: DrawnPage): Promise<OcrSimulator> {
  const analyses = new Map<string, { polls: number; readonly model: string; readonly seen: SeenPage | undefined }>();

  async function answer(request: SimulatedRequest): Promise<SimulatedAnswer> {
    const { url, method } = request;
    if (request.headers['ocp-apim-subscription-key'] !== key) return refusals['wrong-key'];
    if (url.searchParams.get('api-version') !== '2024-11-30') return invalid('InvalidParameter', 'api-version');
    const model = analyzePath.exec(url.pathname)?.[1];
    if (method === 'POST' && model !== undefined) {
      if (!['prebuilt-layout', 'prebuilt-read'].includes(model)) return refusals['unknown-model'];
      const id = randomUUID();
      analyses.set(id, { polls: 0, model, seen: await see(page, contentOf(request)) });
      return {
        status: 202,
        headers: {
          'operation-location': `${server.url}/documentintelligence/documentModels/${model}/analyzeResults/${id}?api-version=2024-11-30`,
          'retry-after': '0',
          'apim-request-id': id,
        },
      };
    }
    const analysis = analyses.get(resultPath.exec(url.pathname)?.[1] ?? '');
    if (method !== 'GET' || !analysis) return refusal(404, 'NotFound', 'Resource not found.');
    analysis.polls += 1;
    const times = { createdDateTime: '2026-11-21T10:00:00Z', lastUpdatedDateTime: '2026-11-21T10:00:01Z' };
    if (analysis.polls === 1)
      return { status: 200, headers: { 'retry-after': '0' }, body: { status: 'running', ...times } };
    if (!analysis.seen)
      return { status: 200, body: { status: 'failed', ...times, ...(refusals['bad-page'].body as object) } };
    if (analysis.polls === 2) server.billedPages += 1;
    return {
      status: 200,
      body: { status: 'succeeded', ...times, analyzeResult: resultOf(page, analysis.seen, analysis.model) },
    };
  }

  const server = new SimulatorServer(answer);
  await server.start();
  return {
    server,
    pagePath: analyzePath,
    secret: key,
    refusals,
    environment: {
      WAYBILL_OCR_ENGINE: 'azure-document-intelligence',
      WAYBILL_OCR_AZURE_ENDPOINT: server.url,
      WAYBILL_OCR_AZURE_KEY: key,
    },
  };
}

/** The document itself, or as base64 in JSON. */
function contentOf({ headers, body }: SimulatedRequest): Buffer {
  if (!headers['content-type']?.startsWith('application/json')) return body;
  const { base64Source = '' } = JSON.parse(body.toString('utf8')) as { base64Source?: string };
  return Buffer.from(base64Source, 'base64');
}

function resultOf(page: DrawnPage, { width, height, words, pixels }: SeenPage, modelId: string): object {
  const span = { offset: 0, length: 1 };
  const polygon = (box: Box): number[] => cornersOf(pixels(box)).flat();
  const regions = (box: Box) => [{ pageNumber: 1, polygon: polygon(box) }];
  const layout = {
    tables: [
      {
        rowCount: 3,
        columnCount: 3,
        cells: page.cells.map(({ row, column, text, cell }) => ({
          ...(row === 0 ? { kind: 'columnHeader' } : {}),
          rowIndex: row,
          columnIndex: column,
          content: text,
          boundingRegions: regions(cell),
          spans: [span],
        })),
        boundingRegions: [],
        spans: [span],
      },
    ],
  };
  return {
    apiVersion: '2024-11-30',
    modelId,
    stringIndexType: 'textElements',
    content: words.map(({ text }) => text).join(' '),
    pages: [
      {
        pageNumber: 1,
        angle: 0,
        width,
        height,
        unit: 'pixel',
        words: words.map(({ text, box }) => ({ content: text, polygon: polygon(box), confidence: 0.99, span })),
        ...(modelId === 'prebuilt-layout'
          ? { selectionMarks: [{ state: 'selected', polygon: polygon(page.mark.box), confidence: 0.9, span }] }
          : {}),
        lines: [],
        spans: [span],
      },
    ],
    ...(modelId === 'prebuilt-layout' ? layout : {}),
    styles: [],
  };
}
