import { z } from 'zod';

const secret = z.string().regex(/^[\x21-\x7e]+$/, 'write the key alone, without spaces or quotes');
const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] });

/** Where documents, layouts and pictures of pages lie. See docs/data.md. */
export const documentStoreVariables = {
  /** `jetstream`, or a bucket of S3, or of a server that speaks its protocol, with a prefix. */
  WAYBILL_DOCUMENT_STORE: z
    .string()
    .regex(
      /^(jetstream|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9._/-]{0,128})?)$/,
      'write jetstream, or s3://BUCKET/PREFIX',
    )
    .default('jetstream'),
  WAYBILL_S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'write a region such as eu-central-1')
    .optional(),
  /** Instead of the region's own address: a VPC endpoint, or another server that speaks the protocol. */
  WAYBILL_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** `http://host/bucket` instead of `http://bucket.host`, as most servers of one's own want it. */
  WAYBILL_S3_PATH_STYLE: flag.default(false),
  /** Where model providers reach the bucket: with it, large pictures go to them by signed address. See docs/routing.md. */
  WAYBILL_S3_PUBLIC_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Found as every AWS client finds them (environment, profile, role of the machine or pod) when absent. */
  WAYBILL_S3_ACCESS_KEY_ID: secret.optional(),
  WAYBILL_S3_SECRET_ACCESS_KEY: secret.optional(),
  /** Of temporary credentials. */
  WAYBILL_S3_SESSION_TOKEN: secret.optional(),
};
