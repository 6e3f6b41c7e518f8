import type { PageRaster } from '@waybill/document-layout';
import { drawTestPage } from '@waybill/samples';

/** The page that engines are compared on at start, and its words. */
export async function drawSelfTest(): Promise<{ raster: PageRaster; words: readonly string[] }> {
  const { page, words } = await drawTestPage();
  return { raster: { ...page, channels: 1, dpi: 200 }, words };
}
