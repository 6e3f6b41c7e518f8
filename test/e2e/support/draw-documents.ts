import { PDFDocument, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';

/** A PDF with a text layer, a line a page: quick to read. */
export async function drawPdf(lines: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (const line of lines) pdf.addPage([595, 842]).drawText(line, { x: 60, y: 760, size: 14, font });
  return Uint8Array.from(await pdf.save());
}

/** A PNG with lines of text, which must be read by OCR. */
export async function drawPicture(lines: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const text = lines.map((line, row) => `<text x="80" y="${140 + row * 70}" font-size="40">${line}</text>`).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="${200 + lines.length * 70}">
    <rect width="100%" height="100%" fill="white"/><g font-family="sans-serif">${text}</g></svg>`;
  return Uint8Array.from(await sharp(Buffer.from(svg)).withMetadata({ density: 150 }).png().toBuffer());
}

/** Some pages as a TIFF whose page `broken` (from 1) has a header and no picture. */
export async function drawTiffWithBrokenPage(pages: number, broken: number): Promise<Uint8Array<ArrayBuffer>> {
  const pictures = await Promise.all(
    Array.from({ length: pages }, (_, index) => drawPicture([`This is page number ${index + 1} of the document.`])),
  );
  const tiff = await sharp(
    pictures.map((picture) => Buffer.from(picture)),
    { join: { animated: true } },
  )
    .toColourspace('b-w')
    .tiff({ compression: 'deflate' })
    .toBuffer();
  return Uint8Array.from(breakPage(tiff, broken));
}

/** Overwrites the compressed data of one page. Offsets by TIFF 6.0, section 2: entries of 12 bytes after a count. */
function breakPage(tiff: Buffer, broken: number): Buffer {
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number): number => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number): number => (little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const stripOffsets = 273;
  const stripByteCounts = 279;
  let directory = u32(4);
  for (let page = 1; page < broken; page += 1) directory = u32(directory + 2 + u16(directory) * 12);
  const valuesOf = (tag: number): number[] => {
    for (let entry = directory + 2; entry < directory + 2 + u16(directory) * 12; entry += 12) {
      if (u16(entry) !== tag) continue;
      const [read, width] = u16(entry + 2) === 3 ? [u16, 2] : [u32, 4];
      const count = u32(entry + 4);
      const start = count * width > 4 ? u32(entry + 8) : entry + 8;
      return Array.from({ length: count }, (_, index) => read(start + index * width));
    }
    return [];
  };
  const sizes = valuesOf(stripByteCounts);
  for (const [index, offset] of valuesOf(stripOffsets).entries()) tiff.fill(0xff, offset, offset + (sizes[index] ?? 0));
  return tiff;
}
