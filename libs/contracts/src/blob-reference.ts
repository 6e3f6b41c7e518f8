import { z } from 'zod';

/**
 * Where bytes live. Messages carry references, never documents.
 * `bucket` and `key` are the document store's own names; `sha256` is lower-case hex of the bytes.
 */
export const blobReferenceSchema = z.object({
  bucket: z.string().min(1).max(128),
  key: z.string().min(1).max(512),
  sizeBytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.string().max(128).optional(),
  /** Of bytes that lie encrypted in the store: whose key opens them, and size and digest of what lies there. */
  sealed: z
    .object({
      tenant: z.string(),
      sizeBytes: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    })
    .optional(),
});
export type BlobReference = z.infer<typeof blobReferenceSchema>;
