import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tenantSchema, type JobView } from '@waybill/contracts';
import { drawBmp, drawEncryptedPdf, drawMail } from '@waybill/samples';
import sharp from 'sharp';
import { startStack, type TestStack } from '../support/index.js';
import { drawPicture } from './support/draw-documents.js';

const tenant = tenantSchema.parse('formats');
const headers = { 'waybill-tenant': tenant };
const password = 'open sesame';

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.stop());

interface Kind {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly password?: string;
  /** Words that its pages must have. */
  readonly says: string;
}

/** A picture of words as a BMP of 24 bits. */
async function bmpOf(lines: readonly string[]): Promise<Buffer> {
  const image = sharp(await drawPicture(lines))
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const stride = Math.ceil((info.width * 3) / 4) * 4;
  const pixels = new Array<number>(stride * info.height).fill(0);
  for (let row = 0; row < info.height; row += 1) {
    for (let at = 0; at < info.width * 3; at += 1) pixels[row * stride + at] = data[row * info.width * 3 + at] ?? 0;
  }
  return drawBmp({ width: info.width, height: -info.height, bitsPerPixel: 24, pixels });
}

async function drawKinds(): Promise<Kind[]> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="700" height="120"><script>no()</script>
    <text x="20" y="70" font-size="32" font-family="sans-serif">Delivery of seven boxes</text></svg>`;
  const attached = { name: 'slip.bmp', mediaType: 'image/bmp', bytes: await bmpOf(['Paid in cash today']) };
  return [
    { name: 'note.txt', bytes: Buffer.from('Total:  60.00\n'), says: 'Total: 60.00' },
    { name: 'list.md', bytes: Buffer.from('# Shopping\n\n- **tea**\n- milk\n'), says: 'Shopping' },
    { name: 'drawing.svg', bytes: Buffer.from(svg), says: 'Delivery of seven boxes' },
    { name: 'secret.pdf', bytes: drawEncryptedPdf('Confidential 17', password), password, says: 'Confidential 17' },
    { name: 'mail.eml', bytes: drawMail('Thank you for the order.', [attached]), says: 'Subject: Invoice 17' },
  ];
}

describe('a job with a document of every kind', () => {
  it('is read, and shows no password', async () => {
    const kinds = await drawKinds();
    const documents = kinds.map(({ name, bytes, password: given }) => ({
      inline: Buffer.from(bytes).toString('base64'),
      name,
      ...(given === undefined ? {} : { password: given }),
    }));
    const accepted = await fetch(`${stack.url}/v1/jobs`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'kinds', tenant, task: { kind: 'read' }, documents }),
    });
    expect(accepted.status).toBe(202);
    const job = await ended('kinds');
    expect(job).toMatchObject({ status: 'completed', problems: [] });
    expect(job.documents.map(({ name, within, pages }) => [name, within, pages])).toEqual([
      ...kinds.map(({ name }) => [name, undefined, 1]),
      ['slip.bmp', 4, 1],
    ]);
    const text = await body('/v1/jobs/kinds/text');
    for (const { says } of kinds) expect(text.replace(/\s+/g, ' ')).toContain(says);
    expect(text).toContain('Paid in cash today');
    const shown = [JSON.stringify(job), text, await body('/v1/jobs/kinds/result'), await body('/v1/jobs/kinds/layout')];
    expect(shown.join('')).not.toContain(password);
  });
});

const body = async (path: string): Promise<string> => (await fetch(`${stack.url}${path}`, { headers })).text();

async function ended(id: string): Promise<JobView> {
  for (;;) {
    const job = JSON.parse(await body(`/v1/jobs/${id}?wait=60s`)) as JobView;
    if (job.finishedAt !== undefined) return job;
  }
}
