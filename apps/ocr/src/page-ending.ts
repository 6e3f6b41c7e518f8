import type { Failure, PageFailed, PageKey, JobKey, PageSummary } from '@waybill/contracts';
import { consumers, type PageLayout } from '@waybill/contracts';

/** The ending of a page that could not be read. The failure names the stage and the page. */
export function pageFailed(
  { tenant, jobId, document, page }: JobKey & PageKey,
  failure: Failure,
  { at, attempts }: { at: Date; attempts: number },
): PageFailed {
  return {
    version: 1,
    type: 'page-failed',
    tenant,
    jobId,
    at: at.toISOString(),
    document,
    page,
    failure: { ...failure, stage: consumers.readPage.name, document, page },
    attempts: Math.max(1, attempts),
  };
}

/** What the event tells of a layout, so that few have to fetch it. Confidence is the mean over words. */
export function summaryOf(layout: PageLayout): PageSummary {
  const { width, height, unit, dpi, rotation, source, engine, words, textLayer, recognition } = layout;
  const sum = words.reduce((total, word) => total + word.confidence, 0);
  return {
    width,
    height,
    unit,
    dpi,
    rotation,
    source,
    engine: engine.version ? `${engine.name} ${engine.version}` : engine.name,
    words: words.length,
    confidence: words.length === 0 ? null : Math.min(1, sum / words.length),
    ...(textLayer ? { textLayer: textLayer.verdict } : {}),
    ...(textLayer && textLayer.hiddenWords > 0 ? { hiddenWords: textLayer.hiddenWords } : {}),
    ...(recognition ? { cached: recognition.cached } : {}),
    ...(recognition?.keys?.length ? { cacheKeys: recognition.keys } : {}),
  };
}
