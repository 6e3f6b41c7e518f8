import type { ReadPageWork } from '@waybill/contracts';
import type { DecodedPage, OcrEngine } from '@waybill/document-layout';
import { StageError } from '@waybill/jobs';
import { isAllowed, isLookedAt } from './picture-readers.js';

/**
 * The page as far as its job lets it leave: pictures go to an engine only where the job allows all regions that the engine
 * may process them in. A page with text of its own goes without its pictures.
 * @throws StageError `no-model` for a page whose picture is all there is
 */
export function pageInRegion(
  page: DecodedPage,
  work: ReadPageWork,
  { name, processedIn }: Pick<OcrEngine, 'name' | 'processedIn'>,
): DecodedPage {
  const hasText = page.textLayer?.take === 'words';
  if (!isLookedAt(page) || isAllowed(work, processedIn === undefined ? {} : { processedIn })) return page;
  const regions = processedIn === 'unknown' ? 'unknown regions' : processedIn?.join(', ');
  const where = `${name} may process in ${regions}, and the job allows ${work.plan.routing.regions?.join(', ')}`;
  if (hasText) {
    const { pictures: _unread, ...rest } = page;
    return { ...rest, remarks: [...page.remarks, `The pictures on the page were not read: ${where}.`] };
  }
  throw new StageError(
    'no-model',
    `The page cannot be read: ${where}. Allow that region, name the engine’s in WAYBILL_OCR_REGIONS, or have pages read on this machine.`,
  );
}
