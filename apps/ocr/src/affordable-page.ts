import type { ReadPageWork } from '@waybill/contracts';
import type { DecodedPage, OcrEngine } from '@waybill/document-layout';
import { plannedPageCount, StageError } from '@waybill/jobs';

/**
 * The page as far as the job's limits let it be read. Each page may cost its equal share of them, at the engine's highest
 * price, so that pages that are read side by side cannot pass them together. A page with text of its own goes without
 * its pictures.
 * @throws StageError `budget-exceeded` for a page whose picture is all there is
 */
export function affordablePage(
  page: DecodedPage,
  { plan: { routing, documents } }: ReadPageWork,
  { name, mostUsdPerPage = 0 }: Pick<OcrEngine, 'name' | 'mostUsdPerPage'>,
): DecodedPage {
  const hasText = page.textLayer?.take === 'words';
  const readings = hasText ? (page.pictures ?? []).length : page.raster ? 1 : 0;
  if (mostUsdPerPage === 0 || readings === 0) return page;
  const pages = plannedPageCount(documents);
  const mostUsd = Number((pages * readings * mostUsdPerPage).toPrecision(6));
  const isFree = routing.tier === 'free';
  if (!isFree && mostUsd <= (routing.maxCostUsd ?? Number.POSITIVE_INFINITY)) return page;
  if (hasText) {
    const remark = `The pictures on the page were not read: ${name} costs more than the job allows.`;
    const { pictures: _unread, ...rest } = page;
    return { ...rest, remarks: [...page.remarks, remark] };
  }
  throw new StageError(
    'budget-exceeded',
    isFree
      ? `Pages are read by ${name}, and the job allows nothing that costs; allow a higher tier, or have pages read by an engine of this machine.`
      : `Reading ${pages} pages with ${name} may cost ${mostUsd} USD, and the job allows ${routing.maxCostUsd}; allow ${mostUsd} USD, or send fewer pages.`,
  );
}
