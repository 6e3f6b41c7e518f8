import { PDFiumLibrary } from '@hyzyla/pdfium';
import { renderPdf } from './render-pdf.js';
import type { Sheet } from './sheet.js';

/** One page as 8-bit grey pixels, rows from the top, no padding. */
export interface GreyPage {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Pictures of the sheets at `dpi` dots an inch, black on white. */
export async function rasterise(sheets: readonly Sheet[], dpi: number): Promise<GreyPage[]> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(await renderPdf(sheets));
    try {
      const pages: GreyPage[] = [];
      for (const page of document.pages()) {
        const { data, width, height } = await page.render({ scale: dpi / 72, colorSpace: 'Gray', render: 'bitmap' });
        pages.push({ data, width, height });
      }
      return pages;
    } finally {
      document.destroy();
    }
  } finally {
    library.destroy();
  }
}
