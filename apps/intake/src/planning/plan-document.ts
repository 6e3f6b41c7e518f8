import type { AcceptedDocument, BlobReference, PlannedDocument, Tenant } from '@waybill/contracts';
import { StageError, type DocumentStore } from '@waybill/jobs';
import { ByteBudget } from './byte-budget.js';
import type { FetchDocument } from './fetch-document.js';

/** What a document is, from its bytes. @throws StageError that says why it cannot be read */
export type InspectBytes = (bytes: Uint8Array, signal: AbortSignal) => Promise<{ mediaType: string; pages: number }>;

/** A document looked at, and where its bytes are; without a source when there are none to read. */
export interface DocumentPlan {
  readonly planned: PlannedDocument;
  readonly source?: BlobReference;
}

/** Documents are held whole while their pages are counted: this much of them at once. */
const heldBytesBudget = 256 * 1_048_576;
const unknownMediaType = 'application/octet-stream';

/** Looks at one document of a job. */
export class PlanDocument {
  private readonly budget = new ByteBudget(heldBytesBudget);

  constructor(
    private readonly documents: DocumentStore,
    private readonly fetchDocument: FetchDocument,
    private readonly inspect: InspectBytes,
  ) {}

  /**
   * A document that cannot be read is planned with no pages and its failure. The last attempt counts a document
   * whose address or decoder keeps failing as such, so that the job's other documents go on.
   * @throws StageError when another attempt may help
   */
  async plan(
    tenant: Tenant,
    document: AcceptedDocument,
    index: number,
    run: { readonly signal: AbortSignal; readonly isLastAttempt: boolean },
  ): Promise<DocumentPlan> {
    const name = document.name === undefined ? {} : { name: document.name };
    let source: BlobReference | undefined;
    try {
      source = 'blob' in document ? document.blob : await this.fetchDocument.fetch(tenant, document.url, run.signal);
      const { mediaType, pages } = await this.look(source, run.signal);
      return { planned: { document: index, ...name, mediaType, sizeBytes: source.sizeBytes, pages }, source };
    } catch (error) {
      if (!(error instanceof StageError) || !isFinal(error, run)) throw error;
      const failure = { ...error.failure, document: index };
      const sizeBytes = source?.sizeBytes ?? 0;
      return { planned: { document: index, ...name, mediaType: unknownMediaType, sizeBytes, pages: 0, failure } };
    }
  }

  private look(source: BlobReference, signal: AbortSignal): ReturnType<InspectBytes> {
    return this.budget.hold(source.sizeBytes, async () => {
      signal.throwIfAborted();
      return await this.inspect(await this.documents.read(source), signal);
    });
  }
}

/** A store that is away says nothing about the document; whatever else still fails at last is the document's. */
const isFinal = (error: StageError, run: { readonly signal: AbortSignal; readonly isLastAttempt: boolean }): boolean =>
  !run.signal.aborted && (!error.retryable || (run.isLastAttempt && error.failure.code !== 'unavailable'));
