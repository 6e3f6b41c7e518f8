import type { Box } from '@waybill/contracts';
import { cornersOf, see, type DrawnPage, type SeenPage } from '../drawn-page.js';
import type { OcrSimulator } from '../ocr-simulator.js';
import { SimulatorServer, type Refusals, type SimulatedAnswer, type SimulatedRequest } from '../simulator-server.js';
import { isSignedBy } from '../../signature/verify-signature.js';

const accessKeyId = 'AKIDEXAMPLE000000000';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

const refusal = (type: string, message: string, status = 400): SimulatedAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'simulated' },
  body: { __type: type, Message: message },
});

const refusals: Refusals = {
  'wrong-key': refusal(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided.',
  ),
  forbidden: refusal('AccessDeniedException', 'User is not authorized to perform: textract:AnalyzeDocument'),
  'unknown-model': { status: 404, body: { __type: 'UnknownOperationException' } },
  'too-large': refusal('DocumentTooLargeException', 'Document is too large'),
  'bad-page': refusal('UnsupportedDocumentException', 'Request has unsupported document format'),
  busy: refusal('ProvisionedThroughputExceededException', 'Provisioned rate exceeded'),
  away: refusal('InternalServerError', 'Internal server error', 500),
};

/** AWS Textract 2018-06-27: AnalyzeDocument and DetectDocumentText with bytes. */
export async function simulateTextract(page: DrawnPage): Promise<OcrSimulator> {
  async function answer(request: SimulatedRequest): Promise<SimulatedAnswer> {
    if (!isSignedBy(request, { accessKeyId, secret, service: 'textract' })) return refusals['wrong-key'];
    const operation = String(request.headers['x-amz-target']).replace(/^Textract\./, '');
    if (!['AnalyzeDocument', 'DetectDocumentText'].includes(operation)) return refusals['unknown-model'];
    const { Document, FeatureTypes } = JSON.parse(request.body.toString('utf8')) as {
      Document?: { Bytes?: string };
      FeatureTypes?: string[];
    };
    if (operation === 'AnalyzeDocument' && !FeatureTypes?.length) {
      return refusal('InvalidParameterException', 'Request has invalid parameters');
    }
    const bytes = Buffer.from(Document?.Bytes ?? '', 'base64');
    if (bytes.length > 10_485_760) return refusals['too-large'];
    const seen = await see(page, bytes);
    if (!seen) return refusals['bad-page'];
    server.billedPages += 1;
    const version = operation === 'AnalyzeDocument' ? 'AnalyzeDocumentModelVersion' : 'DetectDocumentTextModelVersion';
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: {
        DocumentMetadata: { Pages: 1 },
        Blocks: blocksOf(page, seen, FeatureTypes ?? []),
        [version]: '1.0',
      },
    };
  }

  const server = new SimulatorServer(answer);
  await server.start();
  return {
    server,
    pagePath: /^\/$/,
    secret,
    refusals,
    environment: {
      WAYBILL_OCR_ENGINE: 'aws-textract',
      WAYBILL_OCR_AWS_REGION: 'us-east-1',
      WAYBILL_OCR_AWS_ACCESS_KEY_ID: accessKeyId,
      WAYBILL_OCR_AWS_SECRET_ACCESS_KEY: secret,
      WAYBILL_OCR_AWS_ENDPOINT: server.url,
    },
  };
}

function blocksOf(page: DrawnPage, { words, share }: SeenPage, features: readonly string[]): object[] {
  const geometry = (box: Box) => {
    const [x0, y0, x1, y1] = share(box);
    return {
      BoundingBox: { Left: x0, Top: y0, Width: x1 - x0, Height: y1 - y0 },
      Polygon: cornersOf(share(box)).map(([X, Y]) => ({ X, Y })),
    };
  };
  const children = (...Ids: string[]) => [{ Type: 'CHILD', Ids }];
  const idOf = (text: string): string => `word-${text}`;
  const texts = words.map(({ text, box }) => ({
    BlockType: 'WORD',
    Id: idOf(text),
    Text: text,
    TextType: 'PRINTED',
    Confidence: 99,
    Geometry: geometry(box),
  }));
  const lines = words.map(({ text, box }) => ({
    BlockType: 'LINE',
    Id: `line-${text}`,
    Text: text,
    Confidence: 99,
    Geometry: geometry(box),
    Relationships: children(idOf(text)),
  }));
  const tables = [
    {
      BlockType: 'TABLE',
      Id: 'table',
      Confidence: 98,
      EntityTypes: ['STRUCTURED_TABLE'],
      Geometry: geometry([0, 0, page.width, page.height]),
      Relationships: children(...page.cells.map(({ row, column }) => `cell-${row}-${column}`)),
    },
    ...page.cells.map(({ row, column, cell, text }) => ({
      BlockType: 'CELL',
      Id: `cell-${row}-${column}`,
      RowIndex: row + 1,
      ColumnIndex: column + 1,
      RowSpan: 1,
      ColumnSpan: 1,
      Confidence: 97,
      Geometry: geometry(cell),
      Relationships: children(idOf(text)),
    })),
  ];
  const forms = [
    {
      BlockType: 'SELECTION_ELEMENT',
      Id: 'mark',
      SelectionStatus: 'SELECTED',
      Confidence: 90,
      Geometry: geometry(page.mark.box),
    },
    ...page.pairs.flatMap(({ key, value }, index) => [
      {
        BlockType: 'KEY_VALUE_SET',
        Id: `key-${index}`,
        EntityTypes: ['KEY'],
        Confidence: 92,
        Geometry: geometry(key.box),
        Relationships: [{ Type: 'VALUE', Ids: [`value-${index}`] }, ...children(idOf(key.text))],
      },
      {
        BlockType: 'KEY_VALUE_SET',
        Id: `value-${index}`,
        EntityTypes: ['VALUE'],
        Confidence: 92,
        Geometry: geometry(value.box),
        Relationships: children(idOf(value.text)),
      },
    ]),
  ];
  return [
    { BlockType: 'PAGE', Id: 'page', Geometry: geometry([0, 0, page.width, page.height]) },
    ...lines,
    ...texts,
    ...(features.includes('TABLES') ? tables : []),
    ...(features.includes('FORMS') ? forms : []),
  ];
}
