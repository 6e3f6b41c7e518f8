import type { JobView } from '@waybill/contracts';

type Documents = readonly Pick<JobView['documents'][number], 'document' | 'pages'>[];

/** A page of a document, both as the API counts: documents from 0, pages from 1. */
export interface PagePlace {
  readonly document: number;
  readonly page: number;
}

/** Pages are numbered from 1 over all documents. Undefined for a document that there is not. */
export function numberOfPage(documents: Documents, { document, page }: PagePlace): number | undefined {
  let before = 0;
  for (const each of documents) {
    if (each.document === document) return before + page;
    before += each.pages ?? 0;
  }
  return undefined;
}

/** The inverse; undefined beyond the last page. */
export function pageOfNumber(documents: Documents, number: number): PagePlace | undefined {
  let before = 0;
  for (const { document, pages } of documents) {
    if (number <= before + (pages ?? 0)) return { document, page: number - before };
    before += pages ?? 0;
  }
  return undefined;
}
