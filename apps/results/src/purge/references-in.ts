import { blobReferenceSchema, type BlobReference } from '@waybill/contracts';

/** Every reference to stored bytes in a message, wherever it stands, each once. */
export function referencesIn(message: unknown): BlobReference[] {
  const found = new Map<string, BlobReference>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const reference = blobReferenceSchema.safeParse(value);
    if (reference.success) found.set(`${reference.data.bucket}/${reference.data.key}`, reference.data);
    else Object.values(value).forEach(look);
  };
  look(message);
  return [...found.values()];
}
