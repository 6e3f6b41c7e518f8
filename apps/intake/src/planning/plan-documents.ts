import type { AcceptedDocument, FailureCode, Tenant } from '@waybill/contracts';
import type { Environment } from '@waybill/platform';
import { forEachBounded } from './for-each-bounded.js';
import type { DocumentPlan, PlanDocument, PlanningRun } from './plan-document.js';

const documentsAtOnce = 8;

/** A document waiting to be looked at, and the way that leads to it. */
interface Found {
  readonly document: AcceptedDocument;
  readonly within: number;
  /** The submitted document that all of it came in. */
  readonly root: number;
  /** 1 for what a submitted document holds. */
  readonly depth: number;
}

/**
 * Looks at the documents of a job, then at those found in them, level by level. Submitted documents keep their places;
 * found ones come after them, in the order in which they were found.
 */
export class PlanDocuments {
  constructor(
    private readonly planDocument: PlanDocument,
    private readonly limits: Pick<Environment, 'WAYBILL_MAX_ATTACHMENTS' | 'WAYBILL_MAX_MAIL_DEPTH'>,
  ) {}

  /** @throws StageError when another attempt may help */
  async planAll(tenant: Tenant, documents: readonly AcceptedDocument[], run: PlanningRun): Promise<DocumentPlan[]> {
    const plans: DocumentPlan[] = [];
    const foundIn = new Map<number, number>();
    await forEachBounded(documents.entries(), documentsAtOnce, async ([index, document]) => {
      plans[index] = await this.planDocument.plan(tenant, document, index, run);
    });
    let level = [...documents.keys()].flatMap((index) => this.open(plans, { index, root: index, depth: 0 }, foundIn));
    while (level.length > 0) {
      const first = plans.length;
      await forEachBounded(level.entries(), documentsAtOnce, async ([place, { document, within }]) => {
        const plan = await this.planDocument.plan(tenant, document, first + place, run);
        plans[first + place] = { ...plan, planned: { ...plan.planned, within } };
      });
      level = level.flatMap(({ root, depth }, place) =>
        this.open(plans, { index: first + place, root, depth }, foundIn),
      );
    }
    return plans;
  }

  /** What a planned document holds; or nothing, and the document is refused, when that is more than the limits allow. */
  private open(
    plans: DocumentPlan[],
    { index, root, depth }: { readonly index: number; readonly root: number; readonly depth: number },
    foundIn: Map<number, number>,
  ): Found[] {
    const plan = plans[index];
    const enclosed = plan?.enclosed ?? [];
    if (!plan || enclosed.length === 0) return [];
    const { WAYBILL_MAX_ATTACHMENTS: most, WAYBILL_MAX_MAIL_DEPTH: deepest } = this.limits;
    const count = (foundIn.get(root) ?? 0) + enclosed.length;
    if (depth >= deepest) {
      const sentence = `The e-mail has attachments more than ${deepest} e-mails deep; send it alone, or raise WAYBILL_MAX_MAIL_DEPTH.`;
      plans[index] = refused(plan, 'too-large', sentence);
      return [];
    }
    if (count > most) {
      const sentence = `More than ${most} documents are attached, in all; send them in several, or raise WAYBILL_MAX_ATTACHMENTS.`;
      plans[index] = refused(plan, 'too-large', sentence);
      return [];
    }
    foundIn.set(root, count);
    return enclosed.map((document) => ({ document, within: index, root, depth: depth + 1 }));
  }
}

function refused({ planned }: DocumentPlan, code: FailureCode, message: string): DocumentPlan {
  return { planned: { ...planned, pages: 0, failure: { code, message, document: planned.document } } };
}
