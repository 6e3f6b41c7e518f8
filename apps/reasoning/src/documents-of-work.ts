import type { AnswerJobWork, Failure, PageRead, PlannedDocument, ReasoningLane } from '@waybill/contracts';

/** One document of a job with what became of its pages. */
export interface ReadDocument {
  readonly planned: PlannedDocument;
  /** Pages that were read, in page order. */
  readonly pages: readonly PageRead[];
  /** Why the document, or pages of it, could not be read. */
  readonly failures: readonly Failure[];
}

/** One document of a job, to be answered. */
export interface DocumentWork {
  readonly work: AnswerJobWork;
  /** The lane that it is answered in. */
  readonly lane: ReasoningLane;
  readonly document: ReadDocument;
  /** What the job has spent on the documents before this one, and on reading all of them, in USD. */
  readonly spentUsd: number;
}

/** Sorts a job's page endings by document. */
export function documentsOfWork({ plan, pages }: AnswerJobWork): ReadDocument[] {
  return plan.documents.map((planned) => {
    const own = pages.filter((page) => page.document === planned.document).sort((a, b) => a.page - b.page);
    const read = own.filter((page) => page.type === 'page-read');
    const failed = own.filter((page) => page.type === 'page-failed');
    return {
      planned,
      pages: read,
      failures: [
        ...(planned.failure ? [{ ...planned.failure, document: planned.document }] : []),
        ...failed.map(({ failure, document, page }) => ({ ...failure, document, page })),
      ],
    };
  });
}
