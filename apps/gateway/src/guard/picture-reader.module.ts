import { noReadingCache } from '@waybill/document-layout';
import { DocumentReader, limitsOf } from '@waybill/documents';
import { createOcrEngine, ocrWorkerCount, readingFingerprint, readsLocally } from '@waybill/ocr-engines';
import { ReadingTools } from '@waybill/page-reading';
import type { Environment } from '@waybill/platform';
import { PictureReader } from './picture-reader.js';

/** Apart from the other guards, so that only who has pictures read loads engines. @throws ConfigurationError without one */
export function openPictureReader(environment: Environment): PictureReader {
  const local = readsLocally(environment) ? environment : { ...environment, WAYBILL_OCR_ENGINE: 'auto' as const };
  const engine = createOcrEngine(local);
  const decoder = new DocumentReader({
    threads: ocrWorkerCount(environment),
    limits: limitsOf(environment),
    pageTimeoutMs: environment.WAYBILL_PAGE_TIMEOUT_MS,
  });
  const tools = new ReadingTools(decoder, engine, noReadingCache, readingFingerprint());
  return new PictureReader(tools, environment.WAYBILL_OCR_LANGUAGES.split('+'));
}
