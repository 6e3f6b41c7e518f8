import type { AcceptedDocument, BlobReference, PlannedDocument, Tenant } from '@waybill/contracts';
import { passwordIn, StageError, type DocumentStore } from '@waybill/jobs';
import { cleanDocumentName } from '../submission/clean-document-name.js';
import type { StoreDocuments } from '../submission/store-documents.js';
import { ByteBudget } from './byte-budget.js';
import type { FetchDocument } from './fetch-document.js';

/** What a document is, from its bytes. */
export interface InspectedDocument {
  readonly mediaType: string;
  readonly pages: number;
  /** What its pages are read from, where that is not the document itself: it was converted, or is only a part of it. */
  readonly read?: { readonly mediaType: string; readonly bytes: Uint8Array };
  /** Documents found inside. */
  readonly enclosed?: readonly { readonly name?: string; readonly bytes: Uint8Array }[];
}

/** @throws StageError that says why the document cannot be read */
export type InspectBytes = (
  bytes: Uint8Array,
  help: { readonly name?: string; readonly password?: string; readonly signal: AbortSignal },
) => Promise<InspectedDocument>;

/** A document looked at. */
export interface DocumentPlan {
  readonly planned: PlannedDocument;
  /** What its pages are read from; absent when there are none. `mediaType` where it is not the document's own. */
  readonly source?: { readonly blob: BlobReference; readonly mediaType?: string };
  /** Documents found inside, stored, and still to be looked at. */
  readonly enclosed?: readonly AcceptedDocument[];
}

export interface PlanningRun {
  readonly signal: AbortSignal;
  readonly isLastAttempt: boolean;
}

/** Documents are held whole while their pages are counted: this much of them at once. */
const heldBytesBudget = 256 * 1_048_576;
const unknownMediaType = 'application/octet-stream';

/** Looks at one document of a job. */
export class PlanDocument {
  private readonly budget = new ByteBudget(heldBytesBudget);

  constructor(
    private readonly store: DocumentStore,
    private readonly documents: StoreDocuments,
    private readonly fetchDocument: FetchDocument,
    private readonly inspect: InspectBytes,
  ) {}

  /**
   * A document that cannot be read is planned with no pages and its failure. The last attempt counts a document
   * whose address or decoder keeps failing as such, so that the job's other documents go on.
   * @throws StageError when another attempt may help
   */
  async plan(tenant: Tenant, document: AcceptedDocument, index: number, run: PlanningRun): Promise<DocumentPlan> {
    const name = document.name === undefined ? {} : { name: document.name };
    let blob: BlobReference | undefined;
    try {
      blob = 'blob' in document ? document.blob : await this.fetchDocument.fetch(tenant, document.url, run.signal);
      const { mediaType, pages, ...found } = await this.look(tenant, document, blob, run.signal);
      const planned = { document: index, ...name, mediaType, sizeBytes: blob.sizeBytes, pages };
      return { planned, source: { blob }, ...found };
    } catch (error) {
      if (!(error instanceof StageError) || !isFinal(error, run)) throw error;
      const failure = { ...error.failure, document: index };
      const sizeBytes = blob?.sizeBytes ?? 0;
      return { planned: { document: index, ...name, mediaType: unknownMediaType, sizeBytes, pages: 0, failure } };
    }
  }

  /** Looks while there is room for the bytes, and stores what comes out of them before it lets go. */
  private look(
    tenant: Tenant,
    { name, password }: AcceptedDocument,
    blob: BlobReference,
    signal: AbortSignal,
  ): Promise<Pick<InspectedDocument, 'mediaType' | 'pages'> & Pick<DocumentPlan, 'source' | 'enclosed'>> {
    return this.budget.hold(blob.sizeBytes, async () => {
      signal.throwIfAborted();
      const [bytes, secret] = await Promise.all([
        this.store.read(blob),
        password === undefined ? undefined : this.store.read(password).then(passwordIn),
      ]);
      const { mediaType, pages, read, enclosed } = await this.inspect(bytes, {
        signal,
        ...(name === undefined ? {} : { name }),
        ...(secret === undefined ? {} : { password: secret }),
      });
      return {
        mediaType,
        pages,
        ...(read
          ? { source: { blob: await this.documents.upload(tenant, read.bytes), mediaType: read.mediaType } }
          : {}),
        ...(enclosed ? { enclosed: await this.storeAll(tenant, enclosed, password) } : {}),
      };
    });
  }

  private async storeAll(
    tenant: Tenant,
    enclosed: NonNullable<InspectedDocument['enclosed']>,
    password: BlobReference | undefined,
  ): Promise<AcceptedDocument[]> {
    const stored: AcceptedDocument[] = [];
    for (const { name: given, bytes } of enclosed) {
      const name = cleanDocumentName(given);
      const blob = await this.documents.upload(tenant, bytes);
      stored.push({ blob, ...(name === undefined ? {} : { name }), ...(password === undefined ? {} : { password }) });
    }
    return stored;
  }
}

/** A store that is away says nothing about the document; whatever else still fails at last is the document's. */
const isFinal = (error: StageError, run: PlanningRun): boolean =>
  !run.signal.aborted && (!error.retryable || (run.isLastAttempt && error.failure.code !== 'unavailable'));
