import type { BlobReference, JobAccepted, JobPlanned, Plan, ReadPageWork } from '@waybill/contracts';
import {
  endWithoutAnswer,
  plannedPageCount,
  StageError,
  type Clock,
  type EventLog,
  type WorkQueue,
} from '@waybill/jobs';
import { forEachBounded } from './for-each-bounded.js';
import type { DocumentPlan, PlanDocument } from './plan-document.js';

export interface PlanRun {
  readonly signal: AbortSignal;
  readonly isLastAttempt: boolean;
  /** A plan may have been made by an earlier delivery. */
  readonly redelivered: boolean;
}

const documentsAtOnce = 8;
const pagesAtOnce = 64;

/**
 * Turns an accepted job into page work. The plan is the job's only one: whoever comes second, another worker or a
 * redelivery, takes the first one's plan and publishes the same pages under the same message ids.
 */
export class PlanJob {
  constructor(
    private readonly events: EventLog,
    private readonly work: WorkQueue,
    private readonly planDocument: PlanDocument,
    private readonly clock: Clock,
  ) {}

  /** @throws StageError when another attempt may help */
  async plan(accepted: JobAccepted, run: PlanRun): Promise<void> {
    const made = run.redelivered ? await this.events.find(accepted, 'job-planned') : undefined;
    const planned = made ?? (await this.makePlan(accepted, run));
    if (plannedPageCount(planned.documents) === 0) {
      const problems = planned.documents.flatMap(({ failure }) => failure ?? []);
      await this.events.append(endWithoutAnswer(accepted, 'failed', problems, this.clock.now()));
      return;
    }
    await forEachBounded(pageWork(accepted, planned), pagesAtOnce, (work) => this.work.readPage(work));
  }

  private async makePlan(accepted: JobAccepted, run: PlanRun): Promise<JobPlanned> {
    const plans: DocumentPlan[] = [];
    const { documents } = accepted.submission;
    await forEachBounded(documents.entries(), documentsAtOnce, async ([index, document]) => {
      plans[index] = await this.planDocument.plan(accepted.tenant, document, index, run);
    });
    const fetched = plans.flatMap(({ planned, source }) => {
      const document = documents[planned.document];
      return source && document && 'url' in document ? [{ document: planned.document, blob: source }] : [];
    });
    const event: JobPlanned = {
      version: 1,
      type: 'job-planned',
      tenant: accepted.tenant,
      jobId: accepted.jobId,
      at: this.clock.now().toISOString(),
      documents: plans.map(({ planned }) => planned),
      ...(fetched.length > 0 ? { fetched } : {}),
    };
    if ((await this.events.append(event)) === 'appended') return event;
    const first = await this.events.find(accepted, 'job-planned');
    if (first) return first;
    throw new StageError('unavailable', 'The plan of the job cannot be read back yet.', { retryable: true });
  }
}

/** One message for each planned page, in order of documents and pages. */
function* pageWork(accepted: JobAccepted, planned: JobPlanned): Generator<ReadPageWork> {
  const { task, reading, routing } = accepted.submission;
  const wishes = reading ? { reading } : {};
  const plan: Plan = { acceptedAt: accepted.at, task, ...wishes, routing, documents: planned.documents };
  for (const { document, mediaType, pages } of planned.documents) {
    const source = sourceOf(document, accepted, planned);
    for (let page = 1; source && page <= pages; page += 1) {
      yield {
        version: 1,
        tenant: accepted.tenant,
        jobId: accepted.jobId,
        deadline: routing.deadline,
        document,
        page,
        source,
        mediaType,
        plan,
      };
    }
  }
}

function sourceOf(index: number, accepted: JobAccepted, planned: JobPlanned): BlobReference | undefined {
  const document = accepted.submission.documents[index];
  if (document && 'blob' in document) return document.blob;
  return planned.fetched?.find((each) => each.document === index)?.blob;
}
