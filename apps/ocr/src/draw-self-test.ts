import type { SelfTestPage } from '@waybill/ocr-engines';
import { drawTestPage } from '@waybill/samples';

/** The page that engines are compared on at start. */
export async function drawSelfTest(): Promise<SelfTestPage> {
  const { page, words } = await drawTestPage();
  return { raster: { ...page, channels: 1, dpi: 200 }, words };
}
