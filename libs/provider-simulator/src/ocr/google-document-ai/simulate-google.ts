import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Box } from '@waybill/contracts';
import { cornersOf, see, type DrawnPage, type SeenPage } from '../drawn-page.js';
import type { OcrSimulator } from '../ocr-simulator.js';
import { SimulatorServer, type Refusals, type SimulatedAnswer, type SimulatedRequest } from '../simulator-server.js';

const processor = 'projects/drawn/locations/eu/processors/f00d';
const accessToken = 'ya29.simulated-access-token';
const email = 'reader@drawn.iam.gserviceaccount.example';

const refusal = (code: number, status: string, message: string, details: object[] = []): SimulatedAnswer => ({
  status: code,
  body: { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } },
});

const refusals: Refusals = {
  'wrong-key': refusal(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
  forbidden: refusal(403, 'PERMISSION_DENIED', "Permission 'documentai.processors.processOnline' denied on resource."),
  'unknown-model': refusal(404, 'NOT_FOUND', `Processor with id '${processor}' not found.`),
  'too-large': refusal(400, 'INVALID_ARGUMENT', 'Document size exceeds the limit: 41943041 bytes.'),
  'bad-page': refusal(400, 'INVALID_ARGUMENT', 'Unsupported input file format.'),
  busy: refusal(429, 'RESOURCE_EXHAUSTED', "Quota exceeded for quota metric 'Online process requests'.", [
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' },
  ]),
  away: refusal(503, 'UNAVAILABLE', 'The service is currently unavailable.'),
};

export interface GoogleSimulator extends OcrSimulator {
  /** A key file as the console hands it out. */
  readonly keyFile: string;
  readonly processor: string;
  readonly accessToken: string;
}

/** Google Document AI v1, `processors.process`, with the token server of service accounts. */
export async function simulateGoogle(page: DrawnPage): Promise<GoogleSimulator> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const folder = await mkdtemp(join(tmpdir(), 'waybill-google-key-'));

  async function answer(request: SimulatedRequest): Promise<SimulatedAnswer> {
    const { url, headers, body } = request;
    if (url.pathname === '/token') return tokenFor(body.toString('utf8'), publicKey, `${server.url}/token`);
    if (headers.authorization !== `Bearer ${accessToken}`) return refusals['wrong-key'];
    if (url.pathname !== `/v1/${processor}:process`) return refusals['unknown-model'];
    const { rawDocument } = JSON.parse(body.toString('utf8')) as { rawDocument?: { content?: string } };
    const seen = await see(page, Buffer.from(rawDocument?.content ?? '', 'base64'));
    if (!seen) return refusals['bad-page'];
    server.billedPages += 1;
    return { status: 200, body: { document: documentOf(page, seen), humanReviewStatus: { state: 'SKIPPED' } } };
  }

  const server = new SimulatorServer(answer);
  await server.start();
  const keyFile = join(folder, 'service-account.json');
  const account = {
    type: 'service_account',
    project_id: 'drawn',
    private_key_id: 'key-1',
    private_key: pem,
    client_email: email,
    token_uri: `${server.url}/token`,
  };
  await writeFile(keyFile, JSON.stringify(account));
  return {
    server,
    pagePath: /:process$/,
    secret: pem.split('\n')[1] ?? pem,
    refusals,
    keyFile,
    processor,
    accessToken,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
    environment: {
      WAYBILL_OCR_ENGINE: 'google-document-ai',
      WAYBILL_OCR_GOOGLE_PROCESSOR: processor,
      WAYBILL_OCR_GOOGLE_MODEL: 'form-parser',
      WAYBILL_OCR_GOOGLE_KEY_FILE: keyFile,
      WAYBILL_OCR_GOOGLE_ENDPOINT: server.url,
    },
  };
}

/** RFC 7523: an assertion that the account's key has signed, for this server, not too old. */
function tokenFor(form: string, publicKey: KeyObject, audience: string): SimulatedAnswer {
  const fields = new URLSearchParams(form);
  const [header = '', claims = '', signature = ''] = (fields.get('assertion') ?? '').split('.');
  const told = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8') || '{}') as Record<string, unknown>;
  const isSigned = verify(
    'RSA-SHA256',
    Buffer.from(`${header}.${claims}`),
    createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
    Buffer.from(signature, 'base64url'),
  );
  const isValid =
    fields.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer' &&
    isSigned &&
    told['iss'] === email &&
    told['aud'] === audience &&
    told['scope'] === 'https://www.googleapis.com/auth/cloud-platform' &&
    Number(told['exp']) - Number(told['iat']) <= 3_600;
  if (!isValid) return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' } };
  return { status: 200, body: { access_token: accessToken, expires_in: 3_599, token_type: 'Bearer' } };
}

/** Protobuf as JSON: zeros are left out, 64-bit numbers are strings; text is anchored in the document's text. */
function documentOf(page: DrawnPage, { words, share, width, height }: SeenPage): object {
  let text = '';
  const anchors = new Map<string, object>();
  for (const word of words) {
    const startIndex = [...text].length;
    text += `${word.text}\n`;
    const segment = {
      ...(startIndex === 0 ? {} : { startIndex: String(startIndex) }),
      endIndex: String([...text].length),
    };
    anchors.set(word.text, { textSegments: [segment] });
  }
  const layout = (box: Box, word: string, confidence: number) => ({
    textAnchor: anchors.get(word) ?? {},
    confidence,
    boundingPoly: {
      normalizedVertices: cornersOf(share(box)).map(([x, y]) => ({
        ...(x === 0 ? {} : { x }),
        ...(y === 0 ? {} : { y }),
      })),
    },
    orientation: 'PAGE_UP',
  });
  const rows = [0, 1, 2].map((at) => ({
    cells: page.cells
      .filter(({ row }) => row === at)
      .map(({ cell, text: word }) => ({ layout: layout(cell, word, 0.97), rowSpan: 1, colSpan: 1 })),
  }));
  return {
    mimeType: 'image/png',
    text,
    pages: [
      {
        pageNumber: 1,
        dimension: { width, height, unit: 'pixels' },
        tokens: words.map(({ text: word, box }) => ({
          layout: layout(box, word, 0.99),
          detectedBreak: { type: 'SPACE' },
        })),
        tables: [{ headerRows: rows.slice(0, 1), bodyRows: rows.slice(1) }],
        formFields: [
          ...page.pairs.map(({ key, value }) => ({
            fieldName: layout(key.box, key.text, 0.92),
            fieldValue: layout(value.box, value.text, 0.92),
          })),
          {
            fieldName: layout(page.mark.label.box, page.mark.label.text, 0.9),
            fieldValue: layout(page.mark.box, '', 0.9),
            valueType: 'filled_checkbox',
          },
        ],
      },
    ],
  };
}
