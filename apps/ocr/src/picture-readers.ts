import type { ReadPageWork } from '@waybill/contracts';
import type { DecodedPage, OcrEngine } from '@waybill/document-layout';
import { allowsRegions } from '@waybill/jobs';
import type { RecognisePicture } from '@waybill/page-reading';

/** Who reads pictures of pages. */
export interface PictureReaders {
  readonly usual: RecognisePicture;
  /** An engine of this machine, opened when it is first needed; undefined where none can be. Absent where the usual one is here. */
  readonly onThisMachine?: () => Promise<RecognisePicture | undefined>;
}

/** Whether an engine would see the page, or pictures on it. */
export const isLookedAt = (page: DecodedPage): boolean =>
  page.textLayer?.take === 'words' ? (page.pictures ?? []).length > 0 : page.raster !== undefined;

/** Whether the job allows every region in which the engine may process a picture. */
export const isAllowed = ({ plan }: ReadPageWork, { processedIn }: Pick<OcrEngine, 'processedIn'>): boolean =>
  processedIn === undefined || allowsRegions(plan.routing.regions, processedIn === 'unknown' ? undefined : processedIn);

/** Who reads the page: the usual engine, unless the job's regions forbid it and one of this machine can take its place. */
export async function readerFor(
  page: DecodedPage,
  work: ReadPageWork,
  { usual, onThisMachine }: PictureReaders,
): Promise<RecognisePicture> {
  if (!onThisMachine || !isLookedAt(page) || isAllowed(work, usual.engine)) return usual;
  return (await onThisMachine()) ?? usual;
}
