import {
  consumers,
  type BlobReference,
  type Failure,
  type Hop,
  type JobAccepted,
  type JobPlanned,
  type Plan,
  type ReadPageWork,
} from '@waybill/contracts';
import type { PageBooking, PageQuotas } from '@waybill/identity';
import {
  endWithoutAnswer,
  plannedPageCount,
  refuseHopsOutside,
  StageError,
  tellWait,
  type Clock,
  type EventLog,
  type WorkQueue,
} from '@waybill/jobs';
import { forEachBounded } from './for-each-bounded.js';
import type { PlanDocuments } from './plan-documents.js';

export interface PlanRun {
  readonly signal: AbortSignal;
  readonly isLastAttempt: boolean;
  /** A plan may have been made by an earlier delivery. */
  readonly redelivered: boolean;
}

const pagesAtOnce = 64;

/**
 * Turns an accepted job into page work. The plan is the job's only one: whoever comes second, another worker or a
 * redelivery, takes the first one's plan and publishes the same pages under the same message ids.
 */
export class PlanJob {
  private readonly events: EventLog;
  private readonly work: WorkQueue;
  private readonly clock: Clock;
  private readonly places: readonly Hop[];

  /** @param tools with `places`: where this worker and its stores are, which need not be where the job was accepted */
  constructor(
    tools: {
      readonly events: EventLog;
      readonly work: WorkQueue;
      readonly clock: Clock;
      readonly places?: readonly Hop[];
    },
    private readonly planDocuments: PlanDocuments,
    private readonly quotas: Pick<PageQuotas, 'book' | 'settle'>,
  ) {
    ({ events: this.events, work: this.work, clock: this.clock, places: this.places = [] } = tools);
  }

  /** @throws StageError when another attempt may help */
  async plan(accepted: JobAccepted, run: PlanRun): Promise<void> {
    const made = run.redelivered ? await this.events.find(accepted, 'job-planned') : undefined;
    const planned = made ?? ((await this.endedOutside(accepted)) ? undefined : await this.makePlan(accepted, run));
    if (!planned) return;
    if (plannedPageCount(planned.documents) === 0) {
      const problems = planned.documents.flatMap(({ failure }) => failure ?? []);
      await this.events.append(endWithoutAnswer(accepted, 'failed', problems, this.clock.now()));
      return;
    }
    await this.tellIfLater(accepted, planned);
    await forEachBounded(pageWork(accepted, planned), pagesAtOnce, (work) => this.work.readPage(work));
  }

  /** Ends a job whose content may not be here, before anything of it is read. */
  private async endedOutside(accepted: JobAccepted): Promise<boolean> {
    try {
      refuseHopsOutside(this.places, accepted.submission.routing.regions);
      return false;
    } catch (error) {
      if (!(error instanceof StageError)) throw error;
      await this.end(accepted, error.failure);
      return true;
    }
  }

  /** Undefined when the job has ended instead, because its tenant or key may not have so many pages read. */
  private async makePlan(accepted: JobAccepted, run: PlanRun): Promise<JobPlanned | undefined> {
    const { documents } = accepted.submission;
    const plans = await this.planDocuments.planAll(accepted.tenant, documents, run);
    const sources = plans.flatMap(({ planned, source }) => {
      const submitted = documents[planned.document];
      const isNamed = submitted && 'blob' in submitted && submitted.blob.key === source?.blob.key;
      return source && !isNamed ? [{ document: planned.document, ...source }] : [];
    });
    const booking = await this.bookPages(accepted, plannedPageCount(plans.map(({ planned }) => planned)));
    if (booking?.kind === 'refused')
      return await this.end(accepted, { code: 'too-many-pages', message: booking.reason });
    const now = this.clock.now();
    const event: JobPlanned = {
      version: 1,
      type: 'job-planned',
      tenant: accepted.tenant,
      jobId: accepted.jobId,
      at: now.toISOString(),
      ...(booking && booking.from > now ? { notBefore: booking.from.toISOString() } : {}),
      documents: plans.map(({ planned }) => planned),
      ...(sources.length > 0 ? { sources } : {}),
    };
    const appended = await this.append(event);
    this.quotas.settle(accepted.tenant, accepted.jobId);
    if (appended === 'too-large') return await this.end(accepted, tooManyDocuments(plans.length));
    if (appended === 'appended') return event;
    const first = await this.events.find(accepted, 'job-planned');
    if (first) return first;
    throw new StageError('unavailable', 'The plan of the job cannot be read back yet.', { retryable: true });
  }

  private async append(event: JobPlanned): Promise<'appended' | 'exists' | 'too-large'> {
    try {
      return await this.events.append(event);
    } catch (error) {
      if (error instanceof StageError && error.failure.code === 'too-large') return 'too-large';
      throw error;
    }
  }

  private async end(accepted: JobAccepted, problem: Failure): Promise<undefined> {
    await this.events.append(endWithoutAnswer(accepted, 'failed', [problem], this.clock.now()));
    return undefined;
  }

  private async bookPages(
    { tenant, jobId, credential, submission }: JobAccepted,
    pages: number,
  ): Promise<PageBooking | undefined> {
    if (pages === 0) return undefined;
    const deadline = new Date(submission.routing.deadline);
    return await this.quotas.book({ tenant, credential }, { jobId, pages, deadline });
  }

  private async tellIfLater({ tenant, jobId }: JobAccepted, { notBefore: until }: JobPlanned): Promise<void> {
    const now = this.clock.now();
    if (until === undefined || new Date(until) <= now) return;
    const reason = 'The pages of the day or month are used up; the job has its place in a later one.';
    const stage = consumers.plan.name;
    await tellWait(this.events, { tenant, jobId, at: now.toISOString(), stage, reason, until });
  }
}

/** What is found in e-mails and archives counts, so that no client can tell beforehand. */
const tooManyDocuments = (count: number): Failure => ({
  code: 'too-large',
  message: `The job holds ${count} documents with what is attached to them, more than one plan can name. Send fewer in one job.`,
});

/** One message for each planned page, in order of documents and pages. */
function* pageWork(accepted: JobAccepted, planned: JobPlanned): Generator<ReadPageWork> {
  const { task, reading, routing, tags } = accepted.submission;
  const { credential } = accepted;
  const wishes = { ...(reading ? { reading } : {}), ...(tags ? { tags } : {}), ...(credential ? { credential } : {}) };
  const plan: Plan = { acceptedAt: accepted.at, task, ...wishes, routing, documents: planned.documents };
  for (const { document, pages, ...facts } of planned.documents) {
    const source = sourceOf(document, accepted, planned);
    const password = passwordOf(document, accepted, planned);
    for (let page = 1; source && page <= pages; page += 1) {
      yield {
        version: 1,
        tenant: accepted.tenant,
        jobId: accepted.jobId,
        deadline: routing.deadline,
        document,
        page,
        source: source.blob,
        mediaType: source.mediaType ?? facts.mediaType,
        ...(planned.notBefore === undefined ? {} : { notBefore: planned.notBefore }),
        ...(password ? { password } : {}),
        plan,
      };
    }
  }
}

function sourceOf(
  index: number,
  accepted: JobAccepted,
  planned: JobPlanned,
): { readonly blob: BlobReference; readonly mediaType?: string | undefined } | undefined {
  const source = planned.sources?.find((each) => each.document === index);
  if (source) return source;
  const document = accepted.submission.documents[index];
  return document && 'blob' in document ? document : undefined;
}

/** A document that was found in another one is opened with the other one's password. */
function passwordOf(index: number, accepted: JobAccepted, planned: JobPlanned): BlobReference | undefined {
  const within = planned.documents.find(({ document }) => document === index)?.within;
  if (within !== undefined && within < index) return passwordOf(within, accepted, planned);
  return accepted.submission.documents[index]?.password;
}
