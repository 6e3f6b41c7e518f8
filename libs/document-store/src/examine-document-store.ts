import { StageError } from '@waybill/jobs';
import { s3PlaceOf, type S3Environment } from './s3/s3-settings.js';

/** What is to be said of the configured document store. */
export interface StoreExamination {
  /** Where documents lie. */
  readonly place: string;
  /** Why they could not be kept there, as a sentence. */
  readonly failure?: string;
  /** What should be done about it. */
  readonly remarks: readonly string[];
}

/** Tries whether documents can be kept where the configuration says. NATS, which keeps them otherwise, is examined by itself. */
export async function examineDocumentStore(environment: S3Environment): Promise<StoreExamination> {
  const place = s3PlaceOf(environment.WAYBILL_DOCUMENT_STORE);
  if (!place) return { place: 'NATS', remarks: [] };
  const { S3Objects } = await import('./s3/s3-objects.js');
  const objects = S3Objects.of(environment);
  const shown = `${environment.WAYBILL_DOCUMENT_STORE} at ${environment.WAYBILL_S3_ENDPOINT ?? environment.WAYBILL_S3_REGION}`;
  try {
    return { place: shown, remarks: await objects.examine() };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return { place: shown, failure: error.message, remarks: [] };
  } finally {
    objects.close();
  }
}
