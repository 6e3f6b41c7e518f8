import type { ReadPageWork } from '@waybill/contracts';
import type { DecodedPage, OcrEngine } from '@waybill/document-layout';
import { mayReadRemotely, type GuardrailPolicy } from '@waybill/guardrails';
import { StageError } from '@waybill/jobs';

/**
 * The page as far as the guardrail policy lets an engine behind a network see it: before a page is read nothing is known
 * that could be redacted. A page with text of its own goes without its pictures.
 * @throws StageError `guardrail-blocked` for a page whose picture is all there is
 */
export function keepBackPictures(
  page: DecodedPage,
  { tenant, plan }: ReadPageWork,
  { policy, engine }: { readonly policy: GuardrailPolicy; readonly engine: Pick<OcrEngine, 'name'> },
): DecodedPage {
  const sensitivity = plan.routing.sensitivity ?? 'internal';
  if (mayReadRemotely(policy, { tenant, sensitivity })) return page;
  if (page.textLayer?.take === 'words') {
    if ((page.pictures ?? []).length === 0) return page;
    const remark = `The pictures on the page were not read: the guardrail policy keeps pages from ${engine.name}.`;
    const { pictures: _unread, ...rest } = page;
    return { ...rest, remarks: [...page.remarks, remark] };
  }
  if (!page.raster) return page;
  throw new StageError(
    'guardrail-blocked',
    `The page would have to be read by ${engine.name}, behind a network, and the guardrail policy refuses that for sensitivity "${sensitivity}"; have pages read by an engine of this machine.`,
  );
}
