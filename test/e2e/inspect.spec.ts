import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawEncryptedPdf, drawMail, drawSamples } from '@waybill/samples';
import { temporaryFolder, type TemporaryFolder } from '../support/index.js';
import { drawTiffWithBrokenPage } from './support/draw-documents.js';
import { runWaybill, type Ending } from './support/run-waybill.js';

interface Report {
  readonly report: string;
  readonly overlays: readonly string[];
  readonly documents: readonly {
    readonly kind: string;
    readonly values?: Readonly<Record<string, unknown>>;
    readonly pages: readonly { readonly status: string; readonly source?: string; readonly words?: number }[];
    readonly failure?: { readonly code: string };
  }[];
}

let folder: TemporaryFolder;
let samples: string;

beforeAll(async () => {
  folder = await temporaryFolder('inspect');
  samples = join(folder.path, 'samples');
  await drawSamples(samples);
});
afterAll(() => folder.remove());

const inspect = (...parameters: string[]): Promise<Ending> =>
  runWaybill(['inspect', '--out', join(folder.path, 'out'), ...parameters]);
const filesOf = ({ stdout }: Ending): readonly Report[] => (JSON.parse(stdout) as { files: Report[] }).files;
const file = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(folder.path, name);
  await writeFile(path, bytes);
  return path;
};

describe('waybill inspect', () => {
  it('reads, answers and draws every page of the samples without a stack', async () => {
    const ending = await inspect(
      join(samples, 'receipt-photo.jpg'),
      join(samples, 'invoice-three-pages.pdf'),
      '--json',
    );
    expect({ code: ending.code, stderr: ending.stderr }).toEqual({ code: 0, stderr: '' });
    const [receipt, invoice] = filesOf(ending);
    expect(receipt?.documents[0]).toMatchObject({ kind: 'receipt', pages: [{ status: 'read', source: 'ocr' }] });
    expect(invoice?.documents[0]?.pages.map(({ source }) => source)).toEqual([
      'text-layer',
      'text-layer',
      'text-layer',
    ]);
    expect(invoice?.documents[0]?.values?.total).toEqual(expect.any(Number));
    expect(await readdir(join(folder.path, 'out', 'invoice-three-pages.pdf'))).toEqual([
      'page-1.svg',
      'page-2.svg',
      'page-3.svg',
      'report.html',
    ]);
    const html = await readFile(receipt?.report ?? '', 'utf8');
    expect(html).toContain('href="data:image/jpeg;base64,');
    expect(html).toMatch(/<tr tabindex="0" data-box="[\d. ;]+"><td>total<\/td>/);
    const svg = await readFile(receipt?.overlays[0] ?? '', 'utf8');
    expect(svg).toMatch(/<g class="fields"><rect class="(sure|likely|doubtful)"/);
  });

  it('says a row a page, and where the report lies', async () => {
    const { code, stdout, stderr } = await inspect(join(samples, 'invoice-three-pages.pdf'), '--task', 'read');
    expect(code).toBe(0);
    expect(stdout).toMatch(/ 3 +\w+ [\d.]+ +[\d.]+ +text-layer +\d+ +1\.00/);
    expect(stdout).toContain(join('out', 'invoice-three-pages.pdf', 'report.html'));
    expect(stderr).toContain('3 of 3 pages read');
  });

  it('opens what is encrypted with its password, and what is attached to an e-mail', async () => {
    const secret = await file('secret.pdf', drawEncryptedPdf('Confidential 17', 'open sesame'));
    const refused = await inspect(secret);
    expect(refused.code).toBe(65);
    expect([refused.stdout, refused.stderr]).toEqual(['', expect.stringContaining('password')]);
    const attached = { name: 'note.txt', mediaType: 'text/plain', bytes: Buffer.from('Total: 60.00\n') };
    const mail = await file('mail.eml', drawMail('Thank you.', [attached]));
    const opened = await inspect(secret, mail, '--password', 'open sesame', '--json');
    expect(opened.code).toBe(0);
    expect(filesOf(opened).map(({ documents }) => documents.length)).toEqual([1, 2]);
    const reports = await Promise.all(filesOf(opened).map(({ report }) => readFile(report, 'utf8')));
    expect(reports[0]).toContain('Confidential 17');
    expect(`${opened.stdout}${reports.join('')}`).not.toContain('open sesame');
  });

  it('goes on after a page that cannot be read', async () => {
    const ending = await inspect(await file('broken.tiff', await drawTiffWithBrokenPage(2, 2)), '--json');
    expect(ending.code).toBe(3);
    expect(filesOf(ending)[0]?.documents[0]?.pages.map(({ status }) => status)).toEqual(['read', 'failed']);
  });

  it.each([
    [['missing.pdf'], 66, 'no file'],
    [['x', '--task', 'read', '--schema', 'receipt'], 2, '--schema goes with --task extract'],
    [['SAMPLE', '--languages', 'xyz'], 65, 'xyz'],
  ])('refuses %j with %d and a sentence', async (parameters, code, sentence) => {
    const named = parameters.map((one) => (one === 'SAMPLE' ? join(samples, 'receipt-photo.jpg') : one));
    const ending = await inspect(...named);
    expect(ending.code).toBe(code);
    expect(ending.stderr).toContain(sentence);
  });
});
