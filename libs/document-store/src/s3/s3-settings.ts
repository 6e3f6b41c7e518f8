import type { Environment } from '@waybill/platform';

/** What of the configuration an S3 store is made of. */
export type S3Environment = Pick<
  Environment,
  | 'WAYBILL_DOCUMENT_STORE'
  | 'WAYBILL_S3_REGION'
  | 'WAYBILL_S3_ENDPOINT'
  | 'WAYBILL_S3_PUBLIC_ENDPOINT'
  | 'WAYBILL_S3_PATH_STYLE'
  | 'WAYBILL_S3_ACCESS_KEY_ID'
  | 'WAYBILL_S3_SECRET_ACCESS_KEY'
  | 'WAYBILL_S3_SESSION_TOKEN'
>;

/** A bucket, and what all keys in it begin with: nothing, or a path that ends with a slash. */
export interface S3Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** The bucket of `s3://bucket/prefix`; undefined for another kind of store. */
export function s3PlaceOf(store: string): S3Place | undefined {
  const [, bucket, path = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(store) ?? [];
  if (bucket === undefined) return undefined;
  const prefix = path.split('/').filter(Boolean).join('/');
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

/** How references name a bucket of S3. No bucket of NATS can have such a name. */
export const bucketName = ({ bucket }: S3Place): string => `s3://${bucket}`;
