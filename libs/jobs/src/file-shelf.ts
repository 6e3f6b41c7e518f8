import type { BlobReference, FileId, Tenant } from '@waybill/contracts';

export type FilePurpose = 'batch' | 'batch_output';

/** A file of a tenant; its bytes are in the document store. */
export interface ShelvedFile {
  readonly tenant: Tenant;
  readonly id: FileId;
  readonly filename: string;
  readonly purpose: FilePurpose;
  readonly blob: BlobReference;
  readonly createdAt: Date;
  /** When the document store lets the bytes go. */
  readonly expiresAt: Date;
}

/** Which part of a list, newest first. */
export interface ListPart<Id extends string> {
  readonly limit: number;
  /** What stands after this one. */
  readonly after?: Id;
}

/** Port: which files there are. Failures are `StageError`s: `unavailable` (retryable). */
export interface FileShelf {
  /** A file that is there already stays as it is. */
  add(file: ShelvedFile): Promise<void>;
  find(tenant: Tenant, id: FileId): Promise<ShelvedFile | undefined>;
  list(tenant: Tenant, part: ListPart<FileId> & { readonly purpose?: string }): Promise<ShelvedFile[]>;
  /** @returns what was there */
  remove(tenant: Tenant, id: FileId): Promise<ShelvedFile | undefined>;
}
