import {
  batchIdSchema,
  fileIdSchema,
  type BatchKey,
  type BlobReference,
  type FileId,
  type JobId,
  type JobKey,
  type Purged,
  type PurgeView,
  type Tenant,
} from '@waybill/contracts';
import type { AuditLog, Batch, BatchBook, BlobEraser, Clock, FileShelf, RecordEraser } from '@waybill/jobs';
import { ProblemException } from '@waybill/platform';

export interface BatchPurgeTools {
  readonly book: BatchBook;
  readonly shelf: FileShelf;
  readonly blobs: BlobEraser;
  readonly records: RecordEraser;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

const portion = 500;
const nothing: Purged = { blobs: 0, readings: 0, answers: 0, events: 0, messages: 0, rows: 0 };
const underWay: readonly Batch['status'][] = ['validating', 'in_progress', 'finalizing', 'cancelling'];

/** Removes batches, files and receipts of chats of the OpenAI-compatible door, whose ids stand where a job's id stands. See docs/data.md. */
export class PurgeBatch {
  constructor(private readonly tools: BatchPurgeTools) {}

  /**
   * Undefined for an id that is neither a batch's nor a file's nor a chat's of the tenant.
   * @throws ProblemException `job-not-final` for a batch under way
   */
  async purge({ tenant, jobId }: JobKey, who: string): Promise<PurgeView | undefined> {
    const removed = await this.removed(tenant, jobId);
    if (!removed) return undefined;
    const at = this.tools.clock.now().toISOString();
    await this.tools.audit.append({ version: 1, tenant, jobId, at, who, action: 'purge', removed });
    return { id: jobId, tenant, status: 'purged', purgedAt: at, removed };
  }

  private async removed(tenant: Tenant, id: string): Promise<Purged | undefined> {
    const file = fileIdSchema.safeParse(id);
    if (file.success) return await this.removeFile(tenant, file.data);
    const batch = batchIdSchema.safeParse(id);
    if (batch.success) return await this.removeBatch({ tenant, batchId: batch.data });
    const rows = await this.tools.records.eraseRecords({ tenant, jobId: id as JobId });
    return rows > 0 ? { ...nothing, rows } : undefined;
  }

  private async removeFile(tenant: Tenant, id: FileId): Promise<Purged | undefined> {
    const file = await this.tools.shelf.find(tenant, id);
    if (!file) return undefined;
    const blobs = await this.tools.blobs.eraseBlobs(tenant, [file.blob]);
    await this.tools.shelf.remove(tenant, id);
    return { ...nothing, blobs, rows: 1 };
  }

  /** The batch itself goes last: a purge that breaks off can be made again. */
  private async removeBatch(key: BatchKey): Promise<Purged | undefined> {
    const { book, blobs, records } = this.tools;
    const { tenant, batchId } = key;
    const batch = await book.find(key);
    if (!batch) return undefined;
    if (underWay.includes(batch.status)) throw stillUnderWay(batchId);
    const asJob = { tenant, jobId: batchId as string as JobKey['jobId'] };
    let sum = nothing;
    const files = [batch.inputFileId, batch.outputFileId, batch.errorFileId].filter((id) => id !== null);
    for (const id of files) sum = added(sum, (await this.removeFile(tenant, id)) ?? nothing);
    const answers = await blobs.eraseAnswers(tenant, await records.paidCalls(asJob));
    const ofLines = await blobs.eraseBlobs(tenant, await this.blobsOfLines(key));
    const rows = (await records.eraseRecords(asJob)) + (await book.remove(key));
    return added(sum, { ...nothing, answers, blobs: ofLines, rows });
  }

  private async blobsOfLines(key: BatchKey): Promise<BlobReference[]> {
    const found: BlobReference[] = [];
    for (let last = 0; ;) {
      const lines = await this.tools.book.ended(key, last, portion);
      found.push(...lines.flatMap(({ request, ending }) => ('body' in ending ? [request, ending.body] : [request])));
      if (lines.length < portion) return found;
      last = lines.at(-1)?.line ?? last;
    }
  }
}

const added = (one: Purged, other: Purged): Purged => ({
  ...one,
  blobs: one.blobs + other.blobs,
  answers: one.answers + other.answers,
  rows: one.rows + other.rows,
});

const stillUnderWay = (id: string): ProblemException =>
  new ProblemException(
    'job-not-final',
    `The batch ${id} has not ended; cancel it with POST /v1/batches/${id}/cancel at its door, then purge it.`,
  );
