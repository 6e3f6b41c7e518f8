import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { loadEnvironment } from '@waybill/platform';
import { startModelSimulator, type ModelSimulator } from '@waybill/provider-simulator';
import { tenantSchema } from '@waybill/contracts';
import { APIError } from 'openai';
import { openPictureReader } from '../../../apps/gateway/src/guard/picture-reader.module.js';
import { drawPicture } from '../../e2e/support/draw-documents.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/index.js';
import { openAiClient } from '../../support/openai-client.js';
import { startGateway, type TestGateway } from './start-gateway.js';

const [mail, card, secret] = ['jane.roe@quellmark.example', '4111 1111 1111 1111', 'AKIAIOSFODNN7REALKEY'];
const engine = { WAYBILL_OCR_ENGINE: 'tesseract-js', WAYBILL_OCR_WORKERS: '1' };
const policy = {
  version: 1,
  rules: [
    { guardrail: 'personal-data', kinds: ['email', 'payment-card'], do: 'redact' },
    { guardrail: 'secrets', do: 'block' },
  ],
  chatPictures: [{ tenants: ['reading'], do: 'read' }],
};
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

let simulator: ModelSimulator;
let folder: TemporaryFolder;
let gateway: TestGateway;
let reader: ReturnType<typeof openPictureReader>;

beforeAll(async () => {
  simulator = await startModelSimulator();
  folder = await temporaryFolder('read-pictures');
  const path = join(folder.path, 'guardrails.json');
  await writeFile(path, JSON.stringify(policy));
  const files = { WAYBILL_MODEL_SIMULATOR_URL: simulator.url, WAYBILL_GUARDRAILS: path };
  gateway = await startGateway({ ...files, ...engine });
  reader = openPictureReader(loadEnvironment(engine));
});
afterAll(async () => {
  await reader?.close();
  await gateway?.stop();
  await simulator?.close();
  await folder?.remove();
});
beforeEach(() => simulator.reset());

const addressOf = (bytes: Uint8Array, mediaType = 'image/png'): string =>
  `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;

/** Asks about pictures, as this tenant, of a model that is passed the body through, or has it translated. */
function asking(urls: readonly string[], tenant = 'reading', model = 'openai/gpt-5.4-mini') {
  const client = openAiClient(gateway.baseUrl, { tenant });
  const pictures = urls.map((url) => ({ type: 'image_url' as const, image_url: { url } }));
  const content = [{ type: 'text' as const, text: 'Whose card is this?' }, ...pictures];
  return client.chat.completions.create({ model, messages: [{ role: 'user', content }] }).withResponse();
}
const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof APIError ? [error.status, error.code, error.message] : error),
  );

/** What can be read in the pictures that a provider received. */
async function seen(): Promise<string> {
  const body = JSON.stringify(simulator.requests.map((request) => request.body));
  const pictures = [...body.matchAll(/\/9j\/[A-Za-z0-9+/=]{200,}/g)].map(([text]) => Buffer.from(text, 'base64'));
  expect([pictures.length > 0, body.includes('iVBOR')]).toEqual([true, false]);
  const asked = { tenant: tenantSchema.parse('reading'), mediaType: 'image/jpeg' };
  const layouts = [];
  for (const bytes of pictures) layouts.push(await reader.read({ ...asked, bytes }, new AbortController().signal));
  return plain(layouts.flatMap(({ words }) => words.map(({ text }) => text)).join(' '));
}

describe('pictures of chats whose words are read', () => {
  it.each(['openai/gpt-5.4-mini', 'anthropic/claude-haiku-4-5'])(
    'reach %s with what is to be hidden painted over, and the rest as it was',
    async (model) => {
      const picture = await drawPicture(['Membership form of the Quellmark club', `E-mail: ${mail}`, `Card: ${card}`]);
      const { response } = await asking([addressOf(picture)], 'reading', model);
      const told = response.headers.get('x-waybill-guardrails');
      expect(told).toContain('personal-data/email=redact:1');
      expect(told).toContain('personal-data/payment-card=redact:1');
      expect(told).toContain('pictures/read=report:1');
      const text = await seen();
      expect(text).toContain('membershipform');
      expect([text.includes(plain(mail)), text.includes(plain(card)), text.includes('11111111')]).toEqual([
        ...[false, false, false],
      ]);
    },
  );

  it('block a chat as its text would', async () => {
    const picture = await drawPicture(['Keys of the harbour office', secret]);
    const refusal = await refusalOf(asking([addressOf(picture)]));
    expect(refusal).toEqual([400, 'guardrail_blocked', expect.stringContaining('in picture 1')]);
    expect(simulator.requests).toHaveLength(0);
  });

  it('do not leave when they cannot be read: no picture, a damaged one, or another kind of file', async () => {
    const damaged = Buffer.concat([Buffer.from(await drawPicture(['Half of it'])).subarray(0, 60), Buffer.alloc(500)]);
    const files = [
      addressOf(Buffer.from('no picture at all')),
      addressOf(damaged),
      addressOf(Buffer.from('%PDF-1.7 of a chat'), 'application/pdf'),
    ];
    for (const file of files) {
      expect(await refusalOf(asking([file]))).toEqual([
        ...[400, 'guardrail_blocked', expect.stringContaining('without having been read')],
      ]);
    }
    expect(simulator.requests).toHaveLength(0);
  });

  it('are left unread for those of whom the policy does not say it', async () => {
    const { response } = await asking([addressOf(await drawPicture([`E-mail: ${mail}`]))], 'other');
    expect(response.headers.get('x-waybill-guardrails')).toBe('pictures/unread=report:1');
  });
});
