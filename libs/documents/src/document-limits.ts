import { StageError } from '@waybill/jobs';
import type { Environment } from '@waybill/platform';

/** What is refused before it is decoded. */
export interface DocumentLimits {
  readonly maxBytes: number;
  readonly maxPages: number;
  /** Of one page image, width times height as its header states them. */
  readonly maxPixels: number;
  /** Of a packed document, by unpacking it. */
  readonly maxUnpackedBytes: number;
  /** Documents found in one document. */
  readonly maxAttachments: number;
  /** Memory in which one thread opens and draws a PDF. */
  readonly maxPdfMemoryBytes: number;
  readonly inspectionTimeoutMs: number;
}

type LimitSettings = Pick<
  Environment,
  | 'WAYBILL_MAX_DOCUMENT_BYTES'
  | 'WAYBILL_MAX_PAGES'
  | 'WAYBILL_MAX_PIXELS'
  | 'WAYBILL_MAX_UNPACKED_BYTES'
  | 'WAYBILL_MAX_ATTACHMENTS'
  | 'WAYBILL_MAX_PDF_MEMORY_BYTES'
  | 'WAYBILL_INSPECT_TIMEOUT_MS'
>;

/** The operator's limits. */
export const limitsOf = (environment: LimitSettings): DocumentLimits =>
  Object.freeze({
    maxBytes: environment.WAYBILL_MAX_DOCUMENT_BYTES,
    maxPages: environment.WAYBILL_MAX_PAGES,
    maxPixels: environment.WAYBILL_MAX_PIXELS,
    maxUnpackedBytes: environment.WAYBILL_MAX_UNPACKED_BYTES,
    maxAttachments: environment.WAYBILL_MAX_ATTACHMENTS,
    maxPdfMemoryBytes: environment.WAYBILL_MAX_PDF_MEMORY_BYTES,
    inspectionTimeoutMs: environment.WAYBILL_INSPECT_TIMEOUT_MS,
  });

/** @throws StageError `too-large` */
export function refuseManyBytes(sizeBytes: number, { maxBytes }: DocumentLimits): void {
  if (sizeBytes <= maxBytes) return;
  throw new StageError(
    'too-large',
    `The document has ${sizeBytes} bytes; the limit is ${maxBytes}. Split it, or raise WAYBILL_MAX_DOCUMENT_BYTES.`,
  );
}

/** @throws StageError `too-many-pages` */
export function refuseManyPages(pages: number, { maxPages }: DocumentLimits): void {
  if (pages <= maxPages) return;
  throw new StageError(
    'too-many-pages',
    `The document has ${pages} pages; the limit is ${maxPages}. Split it, or raise WAYBILL_MAX_PAGES.`,
  );
}

/** @throws StageError `too-large`, or `unreadable-document` for sizes that no picture has */
export function refuseManyPixels(width: number, height: number, { maxPixels }: DocumentLimits): void {
  if (!(width >= 1 && height >= 1)) {
    throw new StageError('unreadable-document', `The image states a size of ${width} x ${height} pixels.`);
  }
  if (width * height <= maxPixels) return;
  throw new StageError(
    'too-large',
    `The image has ${width} x ${height} pixels; the limit is ${maxPixels} in all. ` +
      `Send it smaller, or raise WAYBILL_MAX_PIXELS.`,
  );
}
