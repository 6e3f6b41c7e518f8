/** Pages of every kind, drawn by our own code: nobody's documents, as many as are wanted, the same for the same seed. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { lookOfPage } from '../../../dist/libs/documents/src/look-of-page.js';
import { inventSheets } from '../../../dist/libs/samples/src/index.js';
import { SeededRandom } from '../../../dist/libs/samples/src/seeded-random.js';
import { openDrawing } from './canvas.mjs';
import { drawBlank, drawForm, drawHandwriting, drawTable, drawText } from './draw-papers.mjs';
import { drawPhoto } from './draw-photo.mjs';
import { drawChart } from './draw-chart.mjs';
import { drawDiagram } from './draw-diagram.mjs';
import { drawScreenshot } from './draw-screenshot.mjs';
import { wearPage } from './wear-page.mjs';

const drawers = {
  ...{ text: drawText, table: drawTable, form: drawForm, blank: drawBlank, handwriting: drawHandwriting },
  ...{ chart: drawChart, diagram: drawDiagram, screenshot: drawScreenshot },
  ...{ receipt: drawSheet('receipt'), invoice: drawSheet('invoice') },
};

/** Receipts and invoices are set by libs/samples; some invoices get a coloured band and a mark of their own. */
function drawSheet(kind) {
  return (drawing, random) => {
    const [sheet] = inventSheets(random.whole(1, 1e9), kind);
    const canvas = drawing.page(sheet.width, sheet.height);
    if (kind === 'invoice' && random.chance(0.6)) {
      const color = [random.next() * 0.7, random.next() * 0.7, random.next() * 0.8];
      if (random.chance(0.5)) canvas.box(0, 0, sheet.width, 18 + 40 * random.next(), { fill: color });
      else canvas.ellipse(sheet.width - 70, 55, 34, 24, { fill: color });
    }
    if (kind === 'receipt' && random.chance(0.3)) canvas.ellipse(sheet.width / 2, 8, 40, 7, { fill: [0.2, 0.2, 0.2] });
    for (const { text, x, y, size, font, align } of sheet.runs) canvas.text(text, x, y, { face: font, size, align });
    for (const { x0, y0, x1, y1 } of sheet.rules) canvas.line(x0, y0, x1, y1);
  };
}

/** Dots a point that pages are drawn with: programs' pictures are as large as they are, papers are scanned. */
const densityOf = (kind, random) =>
  ['chart', 'diagram', 'screenshot'].includes(kind) ? random.pick([1, 1, 1, 2]) : 1 + 1.2 * random.next();

/**
 * `each` examples of every kind: `{ kind, look, page: { width, height, words } }`, words in points, none for a photo.
 */
export async function drawExamples(seed, each) {
  const examples = [];
  for (const [at, [kind, draw]] of Object.entries(drawers).entries()) {
    examples.push(...(await drawKind(kind, draw, new SeededRandom(seed * 101 + at), each)));
  }
  const random = new SeededRandom(seed * 101 + 99);
  for (let left = each; left > 0; left -= 1) {
    const picture = await wearPage('photo', drawPhoto(random), random);
    const page = { width: picture.width, height: picture.height, words: [] };
    examples.push({ kind: 'photo', look: await lookOfPage({ ...picture, dpi: null }), page });
  }
  return examples;
}

async function drawKind(kind, draw, random, each) {
  const drawing = await openDrawing();
  for (let left = each; left > 0; left -= 1) draw(drawing, random);
  const { bytes, pages } = await drawing.save();
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(bytes);
  const examples = [];
  for (const [at, page] of pages.entries()) {
    const shown = document.getPage(at);
    const { data, width, height } = await shown.render({ scale: densityOf(kind, random), render: 'bitmap' });
    const picture = { data: withoutAlpha(data), width, height, channels: 3 };
    const worn = await wearPage(kind, picture, random);
    examples.push({ kind, look: await lookOfPage({ ...worn, dpi: null }), page });
  }
  document.destroy();
  library.destroy();
  return examples;
}

function withoutAlpha(pixels) {
  const data = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) data.set(pixels.subarray(from, from + 3), to);
  return data;
}
