import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { bakeryReceipt, hardwareReceipt, joineryInvoice, partsInvoice } from './bundled-sales.js';
import { hardwareTillStyle, officeStyle, setLetter, tillStyle, workshopStyle } from './bundled-styles.js';
import { expectedInvoice, expectedReceipt, type ExpectedValues } from './expected-values.js';
import { photographPage, scanPage } from './imperfect-picture.js';
import { rasterise, type GreyPage } from './rasterise.js';
import { renderPdf } from './render-pdf.js';
import { SeededRandom } from './seeded-random.js';
import { setInvoice } from './set-invoice.js';
import { setReceipt } from './set-receipt.js';
import { a4, type Sheet } from './sheet.js';

/** A sample document on disk, with the right answer. */
export interface SampleFile {
  readonly name: string;
  readonly path: string;
  readonly mediaType: string;
  readonly pages: number;
  /** What the document shows, in a few words. */
  readonly description: string;
  readonly expected: ExpectedValues;
}

/** Raise it when a drawing changes, so that older files are drawn again. */
const drawingVersion = 2;

type Sample = Omit<SampleFile, 'path'> & { readonly draw: () => Promise<Uint8Array> };

const samples: readonly Sample[] = [
  {
    name: 'receipt-photo.jpg',
    mediaType: 'image/jpeg',
    pages: 1,
    description: 'a photographed bakery receipt',
    expected: expectedReceipt(bakeryReceipt, tillStyle),
    draw: async () => {
      const photo = photographPage(await onePage(setReceipt(bakeryReceipt, tillStyle), 220), new SeededRandom(11));
      return sharp(photo.data, { raw: photo }).blur(0.6).withDensity(200).jpeg({ quality: 82 }).toBuffer();
    },
  },
  {
    name: 'invoice-scan.png',
    mediaType: 'image/png',
    pages: 1,
    description: 'a scanned invoice of one page',
    expected: expectedInvoice(joineryInvoice),
    draw: async () => {
      const [sheet] = setInvoice(joineryInvoice, workshopStyle);
      const page = await onePage(sheet ?? setLetter(), 200);
      const scan = await scanPage(page, { skewDegrees: 0.7, grain: 4 }, new SeededRandom(23));
      return grey(scan).withDensity(200).png({ compressionLevel: 6 }).toBuffer();
    },
  },
  {
    name: 'invoice-three-pages.pdf',
    mediaType: 'application/pdf',
    pages: 3,
    description: 'a digital invoice whose items run over three pages',
    expected: expectedInvoice(partsInvoice),
    draw: () => renderPdf(setInvoice(partsInvoice, officeStyle)),
  },
  {
    name: 'letter-and-receipt.tiff',
    mediaType: 'image/tiff',
    pages: 2,
    description: 'a letter and the receipt it encloses, scanned',
    expected: expectedReceipt(hardwareReceipt, hardwareTillStyle),
    draw: async () => {
      const random = new SeededRandom(37);
      const sheets = [setLetter(), centredOnA4(setReceipt(hardwareReceipt, hardwareTillStyle))];
      const pages = await rasterise(sheets, 200);
      const scans = await Promise.all(pages.map((page) => scanPage(page, { skewDegrees: -0.4, grain: 3 }, random)));
      const stack = await Promise.all(scans.map((scan) => grey(scan).png({ compressionLevel: 1 }).toBuffer()));
      const dotsPerMm = 200 / 25.4;
      return sharp(stack, { join: { animated: true } })
        .extractChannel(0)
        .tiff({ compression: 'jpeg', quality: 85, xres: dotsPerMm, yres: dotsPerMm })
        .toBuffer();
    },
  },
];

/**
 * Draws the bundled sample documents into a folder, unless this version of them lies there already. Takes about two
 * seconds the first time. The bytes depend on the version of the image library; what they show does not.
 */
export async function drawSamples(directory: string): Promise<SampleFile[]> {
  await mkdir(directory, { recursive: true });
  const marker = join(directory, 'drawing-version');
  const current = (await readFile(marker, 'utf8').catch(() => '')) === String(drawingVersion);
  const files: SampleFile[] = [];
  for (const { draw, ...facts } of samples) {
    const path = join(directory, facts.name);
    if (!current || !(await isFile(path))) await writeWhole(path, await draw());
    files.push({ ...facts, path });
  }
  if (!current) await writeWhole(marker, String(drawingVersion));
  return files;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile() && found.size > 0,
    () => false,
  );

/** A reader never sees half a file, also when two processes draw at once. */
async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}

const grey = ({ data, width, height }: GreyPage) =>
  sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w');

async function onePage(sheet: Sheet, dpi: number): Promise<GreyPage> {
  const [page] = await rasterise([sheet], dpi);
  if (!page) throw new Error('A sheet was rendered to no page.');
  return page;
}

function centredOnA4(slip: Sheet): Sheet {
  const [dx, dy] = [(a4.width - slip.width) / 2, 40];
  return {
    ...a4,
    runs: slip.runs.map((run) => ({ ...run, x: run.x + dx, y: run.y + dy })),
    rules: slip.rules.map(({ x0, y0, x1, y1 }) => ({ x0: x0 + dx, y0: y0 + dy, x1: x1 + dx, y1: y1 + dy })),
  };
}
