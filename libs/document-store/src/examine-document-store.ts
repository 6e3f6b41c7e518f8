import { StageError } from '@waybill/jobs';
import type { S3Objects } from './s3/s3-objects.js';
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
    return { place: shown, remarks: [...(await objects.examine()), ...(await loanRemarks(objects, environment))] };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return { place: shown, failure: error.message, remarks: [] };
  } finally {
    objects.close();
  }
}

/** Whether what is lent can be fetched, as far as this machine can tell for a provider. */
async function loanRemarks(
  objects: S3Objects,
  { WAYBILL_S3_PUBLIC_ENDPOINT: endpoint, WAYBILL_S3_PATH_STYLE: isPathStyle }: S3Environment,
): Promise<string[]> {
  if (endpoint === undefined) return [];
  const { S3PictureLoans } = await import('./s3/s3-picture-loans.js');
  try {
    await new S3PictureLoans(objects, { endpoint, isPathStyle }).examine();
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      `What is lent to providers cannot be fetched over ${endpoint} from this machine (${why}); correct WAYBILL_S3_PUBLIC_ENDPOINT, or unset it and pictures go inline.`,
    ];
  }
}
