import type { Readable } from 'node:stream';
import type { FileId, Tenant } from '@waybill/contracts';
import {
  newFileId,
  type Clock,
  type DocumentStore,
  type FileShelf,
  type ListPart,
  type ShelvedFile,
} from '@waybill/jobs';
import { DoorError } from '../http/door-error.js';

export interface FileTools {
  readonly shelf: FileShelf;
  readonly store: DocumentStore;
  readonly clock: Clock;
  /** How long a tenant's files are kept, in milliseconds. */
  readonly keptMs: (tenant: Tenant) => number;
}

/** The files of a tenant: bytes in the document store, their names in Postgres. */
export class FileDesk {
  constructor(private readonly tools: FileTools) {}

  /** Streams bytes into the store. They are no file before `shelve`. */
  async store(tenant: Tenant, bytes: Readable, maxBytes: number): Promise<Pick<ShelvedFile, 'id' | 'tenant' | 'blob'>> {
    const id = newFileId();
    const blob = await this.tools.store.put(tenant, `files/${id}`, bytes, { maxBytes, mediaType: 'application/jsonl' });
    return { id, tenant, blob };
  }

  async shelve(file: Omit<ShelvedFile, 'createdAt' | 'expiresAt'>): Promise<ShelvedFile> {
    const createdAt = this.tools.clock.now();
    const shelved = { ...file, createdAt, expiresAt: new Date(createdAt.getTime() + this.tools.keptMs(file.tenant)) };
    await this.tools.shelf.add(shelved);
    return shelved;
  }

  async discard({ blob }: Pick<ShelvedFile, 'blob'>): Promise<void> {
    await this.tools.store.remove(blob);
  }

  /** @throws DoorError 404 */
  async get(tenant: Tenant, id: FileId): Promise<ShelvedFile> {
    const found = await this.tools.shelf.find(tenant, id);
    if (!found) throw new DoorError(404, 'not_found', `There is no file ${id}.`, { param: 'file_id' });
    return found;
  }

  /** One more than `limit`, where there are more. */
  async list(tenant: Tenant, part: ListPart<FileId> & { readonly purpose?: string }): Promise<ShelvedFile[]> {
    return await this.tools.shelf.list(tenant, { ...part, limit: part.limit + 1 });
  }

  async content(tenant: Tenant, id: FileId): Promise<Readable> {
    return await this.tools.store.open((await this.get(tenant, id)).blob);
  }

  /** The name goes first: a file that is listed can be read. */
  async remove(tenant: Tenant, id: FileId): Promise<void> {
    const removed = await this.tools.shelf.remove(tenant, id);
    if (!removed) throw new DoorError(404, 'not_found', `There is no file ${id}.`, { param: 'file_id' });
    await this.discard(removed);
  }
}
