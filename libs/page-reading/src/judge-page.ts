import type { PageLayout, PageSummary } from '@waybill/contracts';
import { classifyReadPage, lookAtPage, ratePage, type PageLook } from '@waybill/classification';

/** What a page that was read is, and how hard it is. Without a look at it, only how hard its words make it. */
export function judgePage(
  layout: PageLayout,
  look: PageLook | undefined,
): Pick<PageSummary, 'classification' | 'difficulty'> {
  if (!look) return layout.words.length > 0 ? { difficulty: ratePage(layout) } : {};
  const { classification } = classifyReadPage(lookAtPage(look), layout);
  return { classification, difficulty: ratePage(layout, classification) };
}
