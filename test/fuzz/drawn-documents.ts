import { drawBmp, drawEncryptedPdf, drawMail } from '@waybill/samples';
import sharp from 'sharp';
import { drawZip } from '../../libs/documents/src/testing/draw-zip.js';
import { drawPdf } from '../e2e/support/draw-documents.js';
import { blankPdf } from '../faults/support/workload.js';

const svg = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><defs><linearGradient id="g"/></defs>
  <style>text{fill:url(#g)}</style><rect width="60" height="40" fill="#fff"/><use href="#g"/><text x="4" y="20">Total 12</text></svg>`;
const html =
  '<!doctype html><html><head><style>p{color:red}</style></head><body><table><tr><td colspan="2">a</td></tr></table><p>Total</p>';
const markdown = '# Invoice\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- one\n  - two\n\n```\ncode\n```\n';
const content =
  '<?xml version="1.0"?><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>Total</w:t></w:r></w:p></w:body></w:document>';

/** Small documents of every format that is read, by name: what a fuzzer begins with. */
export async function drawnDocuments(): Promise<ReadonlyMap<string, Buffer>> {
  const picture = () =>
    sharp({ create: { width: 48, height: 32, channels: 3, background: { r: 9, g: 99, b: 199 } } }).withMetadata({
      density: 150,
      orientation: 6,
    });
  const png = await picture().png().toBuffer();
  const avif = await picture().avif().toBuffer();
  const office = (file: string) => Buffer.from(drawZip({ '[Content_Types].xml': '<Types/>', [file]: content }));
  const tiff = (compression: 'deflate' | 'lzw' | 'jpeg') =>
    sharp([png, png], { join: { animated: true } })
      .tiff({ compression })
      .toBuffer();
  return new Map<string, Buffer>([
    ['a.png', png],
    ['palette.png', await picture().png({ palette: true }).toBuffer()],
    ['a.jpg', await picture().jpeg().toBuffer()],
    ['progressive.jpg', await picture().jpeg({ progressive: true }).toBuffer()],
    ['a.webp', await picture().webp().toBuffer()],
    ['a.gif', await picture().gif().toBuffer()],
    ['a.avif', avif],
    ['a.heic', Buffer.from(avif.toString('latin1').replaceAll('avif', 'heic'), 'latin1')],
    ['deflate.tiff', await tiff('deflate')],
    ['lzw.tiff', await tiff('lzw')],
    ['jpeg.tiff', await tiff('jpeg')],
    ['a.bmp', drawBmp({ width: 4, height: 2, bitsPerPixel: 24, pixels: Array.from({ length: 24 }, (_, at) => at) })],
    [
      'runs.bmp',
      drawBmp({ width: 4, height: 1, bitsPerPixel: 8, compression: 1, palette: [[1, 2, 3]], pixels: [4, 0, 0, 1] }),
    ],
    ['a.svg', Buffer.from(svg)],
    ['a.pdf', Buffer.from(await drawPdf(['Total 12.50', 'Page 2']))],
    ['blank.pdf', blankPdf(2)],
    ['locked.pdf', Buffer.from(drawEncryptedPdf('Total', 'secret'))],
    ['a.docx', office('word/document.xml')],
    ['a.xlsx', office('xl/workbook.xml')],
    ['a.pptx', office('ppt/presentation.xml')],
    ['a.html', Buffer.from(html)],
    ['a.md', Buffer.from(markdown)],
    ['a.txt', Buffer.from('Invoice 17\nTotal 12.50\n')],
    ['a.eml', drawMail('See the picture.', [{ name: 'a.png', mediaType: 'image/png', bytes: png }])],
  ]);
}
