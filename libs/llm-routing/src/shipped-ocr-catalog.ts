import { parseOcrCatalog, type OcrCatalog } from './ocr-catalog.js';
import data from './shipped-ocr-catalog.json' with { type: 'json' };

/** The prices of OCR engines that come with this release. */
export const shippedOcrCatalog: OcrCatalog = parseOcrCatalog(data);
