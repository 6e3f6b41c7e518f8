import type { DocumentKind, DocumentResult, PageFacts, PageRead, Task } from '@waybill/contracts';
import { nameDocument, rateTask } from '@waybill/classification';

/** How hard the task is on the document and on each of its pages, and what the pages are. */
export function judgeDocument(
  task: Task,
  pages: readonly PageRead[],
): Pick<DocumentResult, 'difficulty' | 'pageFacts'> {
  const facts = pages.flatMap(({ page, summary }): PageFacts[] => {
    if (!summary.classification) return [];
    const { kind, class: pageClass, confidence } = summary.classification;
    return [{ page, kind, class: pageClass, confidence, difficulty: rateTask(task, [summary.difficulty]).score }];
  });
  const difficulties = pages.map(({ summary }) => summary.difficulty);
  return {
    ...(pages.length > 0 ? { difficulty: rateTask(task, difficulties) } : {}),
    ...(facts.length > 0 ? { pageFacts: facts } : {}),
  };
}

/** What the document is, after it was answered or could not be. */
export const kindOfDocument = (pages: readonly PageRead[], answered: DocumentKind): DocumentKind =>
  nameDocument(
    pages.map(({ summary }) => summary.classification),
    answered,
  );
