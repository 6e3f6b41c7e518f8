import type {
  AcceptedDocument,
  BlobReference,
  FinalStatus,
  JobAccepted,
  JobId,
  RetentionWish,
  Submission,
  Tenant,
} from '@waybill/contracts';
import { StageError, type Clock, type EventLog } from '@waybill/jobs';
import type { Environment } from '@waybill/platform';
import type { StoreDocuments, Uploads } from './store-documents.js';
import { submissionFingerprint } from './submission-fingerprint.js';

export interface SubmissionRequest {
  readonly door: JobAccepted['door'];
  /** The submission's own id, or the one that its door gave it. */
  readonly jobId: JobId;
  readonly submission: Submission;
  readonly uploads?: Uploads;
  /** What may be shown of the credential, where it is known. */
  readonly credential?: string;
}

export interface Acceptance {
  readonly jobId: JobId;
  /** `repeated`: the same submission was accepted under this id before. */
  readonly outcome: 'accepted' | 'repeated';
  /** How a repeated job has ended, if it has. */
  readonly finished?: FinalStatus;
}

/** What the operator has set. */
export interface AcceptanceSettings extends Pick<Environment, 'WAYBILL_JOB_DEADLINE_MS' | 'WAYBILL_WEBHOOK_SECRET'> {
  /** @throws StageError `missing-language` for the first one that cannot be read here */
  readonly refuseLanguages: (languages: readonly string[]) => void;
  /** @throws StageError `invalid-submission` for what the tenant may not keep so long */
  readonly refuseRetention: (tenant: Tenant, wish: RetentionWish) => void;
  /** @throws StageError `invalid-submission` when content would be outside of the regions */
  readonly refuseRegions: (regions: readonly string[]) => void;
}

/** The operator has set no secret to sign webhooks with, and unsigned ones are not sent. */
export class CallbackRefusal extends StageError {
  constructor() {
    super(
      'invalid-submission',
      'Callbacks cannot be signed here; leave out "callback", or have the operator set WAYBILL_WEBHOOK_SECRET.',
    );
  }
}

/** Every page's message carries the task, and a NATS message holds 1 MB by default. */
const maxEnvelopeBytes = 131_072;

/**
 * Takes a job in, the same through every door: documents into the store, then one `job-accepted` event. That the
 * event is the first of its job is checked by the stream itself, so it is promise and claim of the id at once.
 */
export class AcceptSubmission {
  constructor(
    private readonly events: EventLog,
    private readonly documents: StoreDocuments,
    private readonly clock: Clock,
    private readonly settings: AcceptanceSettings,
  ) {}

  /**
   * @throws StageError `invalid-submission`, `missing-language`, `document-not-found`, `too-large`, `id-conflict`; `unavailable` is
   *   retryable, and whether the job was accepted is then open: the same request again is safe.
   */
  async accept(request: SubmissionRequest): Promise<Acceptance> {
    const { submission, jobId } = request;
    this.refuseUnusable(submission);
    const kept: BlobReference[] = [...(request.uploads?.values() ?? [])];
    try {
      const [stored] = await Promise.all([
        this.documents.store(submission.tenant, submission.documents, request.uploads ?? new Map(), kept),
        this.refuseIdOfRefused(submission, jobId),
      ]);
      const event = this.acceptance(request, stored);
      if ((await this.events.append(event)) === 'appended') return { jobId, outcome: 'accepted' };
      return await this.compare(event, kept);
    } catch (error) {
      // After an answer that never came, the job may have been accepted: then its documents must stay.
      if (error instanceof StageError && !error.retryable) await this.documents.discard(kept);
      throw error;
    }
  }

  private refuseUnusable(submission: Submission): void {
    if (submission.callback && this.settings.WAYBILL_WEBHOOK_SECRET === undefined) {
      throw new CallbackRefusal();
    }
    const { tenant, task, reading, metadata, tags, routing, retention } = submission;
    if (routing.regions) this.settings.refuseRegions(routing.regions);
    if (retention) this.settings.refuseRetention(tenant, retention);
    if (reading?.languages) this.settings.refuseLanguages(reading.languages);
    if (Buffer.byteLength(JSON.stringify({ task, reading, metadata, tags, routing })) > maxEnvelopeBytes) {
      throw new StageError(
        'too-large',
        `Task, metadata and tags may take ${maxEnvelopeBytes} bytes together; make the instructions or the schema smaller.`,
      );
    }
  }

  /** An id that a refused submission has used up stands for a failed job already. */
  private async refuseIdOfRefused(submission: Submission, jobId: JobId): Promise<void> {
    if (submission.id === undefined) return;
    const job = { tenant: submission.tenant, jobId };
    if (!(await this.events.find(job, 'job-finished'))) return;
    if (await this.events.find(job, 'job-accepted')) return;
    throw idConflict(jobId, 'a submission that was refused');
  }

  private acceptance(
    { door, jobId, submission, credential }: SubmissionRequest,
    documents: AcceptedDocument[],
  ): JobAccepted {
    const now = this.clock.now();
    const defaultDeadline = new Date(now.getTime() + this.settings.WAYBILL_JOB_DEADLINE_MS).toISOString();
    return {
      version: 1,
      type: 'job-accepted',
      tenant: submission.tenant,
      jobId,
      at: now.toISOString(),
      door,
      ...(credential === undefined ? {} : { credential }),
      fingerprint: submissionFingerprint(submission, documents),
      submission: {
        ...submission,
        id: jobId,
        routing: { ...submission.routing, deadline: submission.routing.deadline ?? defaultDeadline },
        documents,
      },
    };
  }

  /** The id is taken: by the same submission, which is then simply accepted, or by another one. */
  private async compare(event: JobAccepted, kept: readonly BlobReference[]): Promise<Acceptance> {
    const [existing, finished] = await Promise.all([
      this.events.find(event, 'job-accepted'),
      this.events.find(event, 'job-finished'),
    ]);
    if (!existing) {
      throw new StageError('unavailable', 'The job cannot be read back yet; send the same request again.', {
        retryable: true,
      });
    }
    if (existing.fingerprint !== event.fingerprint) throw idConflict(event.jobId, 'another submission');
    // An append whose answer was lost finds its own event, and that event refers to what was stored here.
    const referred = new Set(
      existing.submission.documents.flatMap((each) => ['blob' in each ? each.blob.key : '', each.password?.key ?? '']),
    );
    await this.documents.discard(kept.filter((reference) => !referred.has(reference.key)));
    return { jobId: event.jobId, outcome: 'repeated', ...(finished ? { finished: finished.status } : {}) };
  }
}

const idConflict = (jobId: JobId, owner: string): StageError =>
  new StageError('id-conflict', `The id ${jobId} belongs to ${owner}; choose another id, or none.`);
