import { rasterise, type GreyPage } from './rasterise.js';
import { SheetPen } from './sheet.js';

const lines = [
  'Consignment note 4471',
  'Received in good order from the carrier at dock seven',
  'Pallets of printed paper, wrapped and strapped',
  'Quantity 24   Weight 618.50 kg   Volume 3.2',
  'Unit price 12.75   Freight 96.40   Total 402.40',
  'Payment is due within thirty days of the date above',
];

/** A small printed page, and its words in reading order: for seeing what a reader of pictures makes of it. */
export async function drawTestPage(): Promise<{ page: GreyPage; words: string[] }> {
  const pen = new SheetPen(320, { font: 'Helvetica', size: 10 }, 36);
  for (const line of lines) {
    pen.write(line, 28);
    pen.down(1.2);
  }
  const [page] = await rasterise([pen.sheet()], 200);
  if (!page) throw new Error('The test page has no picture.');
  return { page, words: lines.flatMap((line) => line.split(/\s+/)) };
}
