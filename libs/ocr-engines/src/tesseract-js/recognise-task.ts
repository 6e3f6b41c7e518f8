import type { PageRaster } from '@waybill/document-layout';
import type { LanguageData } from '../tesseract-data/language-data.js';

/** What a recognising thread is asked. */
export interface RecogniseTask {
  readonly image: PageRaster;
  readonly languages: readonly LanguageData[];
}
