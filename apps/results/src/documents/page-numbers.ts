import type { PageKey } from '@waybill/contracts';
import type { JobState } from '@waybill/jobs';

/** Pages are numbered from 1 over all documents, in their order. Undefined before the plan and beyond the last page. */
export function pageOfNumber({ planned }: JobState, number: number): PageKey | undefined {
  let before = 0;
  for (const { document, pages } of planned?.documents ?? []) {
    if (number <= before + pages) return { document, page: number - before };
    before += pages;
  }
  return undefined;
}

/** The inverse of `pageOfNumber`; undefined for a page that is not in the plan. */
export function numberOfPage({ planned }: JobState, { document, page }: PageKey): number | undefined {
  let before = 0;
  for (const planOfDocument of planned?.documents ?? []) {
    if (planOfDocument.document === document) return page <= planOfDocument.pages ? before + page : undefined;
    before += planOfDocument.pages;
  }
  return undefined;
}
