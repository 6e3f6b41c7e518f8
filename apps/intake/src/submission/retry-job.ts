import type { BlobReference, JobAccepted, JobKey, SubmittedDocument } from '@waybill/contracts';
import { newJobId, passwordIn, type Clock, type DocumentStore, type EventLog } from '@waybill/jobs';
import type { Acceptance, AcceptSubmission } from './accept-submission.js';
import type { StoreDocuments } from './store-documents.js';

export type Retry =
  | { readonly kind: 'accepted'; readonly acceptance: Acceptance }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-final' };

/** Where a job's past is, and its bytes. */
export interface RetrySources {
  readonly events: EventLog;
  readonly store: DocumentStore;
  readonly clock: Clock;
}

/**
 * Submits what a job was asked for once more, as a new job. It gets copies of the documents, so that neither job depends
 * on how long the other is kept, and as much time until its deadline as the first one had.
 */
export class RetryJob {
  constructor(
    private readonly sources: RetrySources,
    private readonly documents: StoreDocuments,
    private readonly submissions: AcceptSubmission,
  ) {}

  /** @throws StageError `document-not-found` when bytes have aged out, and as `AcceptSubmission.accept` does */
  async retry(job: JobKey, credential: string): Promise<Retry> {
    const { events, clock } = this.sources;
    const [accepted, finished] = await Promise.all([
      events.find(job, 'job-accepted'),
      events.find(job, 'job-finished'),
    ]);
    if (!accepted) return { kind: 'unknown' };
    if (!finished) return { kind: 'not-final' };
    const { id: _id, ...submission } = accepted.submission;
    const timeMs = Date.parse(submission.routing.deadline) - Date.parse(accepted.at);
    const deadline = new Date(clock.now().getTime() + timeMs).toISOString();
    const uploads = new Map<string, BlobReference>();
    try {
      const documents = await this.copies(accepted, uploads);
      const again = { ...submission, routing: { ...submission.routing, deadline }, documents };
      const request = { door: 'rest', jobId: newJobId(), submission: again, uploads, credential } as const;
      return { kind: 'accepted', acceptance: await this.submissions.accept(request) };
    } catch (error) {
      await this.documents.discard([...uploads.values()]);
      throw error;
    }
  }

  private async copies(
    { tenant, submission }: JobAccepted,
    uploads: Map<string, BlobReference>,
  ): Promise<SubmittedDocument[]> {
    const { store } = this.sources;
    const copied: SubmittedDocument[] = [];
    for (const [index, document] of submission.documents.entries()) {
      const { name, password } = document;
      const extras = {
        ...(name === undefined ? {} : { name }),
        ...(password ? { password: passwordIn(await store.read(password)) } : {}),
      };
      if ('url' in document) copied.push({ url: document.url, ...extras });
      else {
        uploads.set(`${index}`, await this.documents.upload(tenant, await store.open(document.blob)));
        copied.push({ upload: `${index}`, ...extras });
      }
    }
    return copied;
  }
}
