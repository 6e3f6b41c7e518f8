import type { BatchId, BatchKey, Tenant } from '@waybill/contracts';
import { newBatchId, type Batch, type BatchBook, type BatchQueue, type Clock, type ListPart } from '@waybill/jobs';
import type { FileDesk } from '../files/file-desk.js';
import type { DoorCaller } from '../http/caller-of-client.js';
import { DoorError } from '../http/door-error.js';
import { windowMs, type BatchRequest } from './batch-request.js';

export interface BatchDeskTools {
  readonly book: BatchBook;
  readonly queue: BatchQueue;
  readonly files: FileDesk;
  readonly clock: Clock;
}

/** What clients do with batches. */
export class BatchDesk {
  constructor(private readonly tools: BatchDeskTools) {}

  /** Written down first, then queued: one that was not queued is found by the sweep. */
  async create({ tenant, credential }: DoorCaller, request: BatchRequest): Promise<Batch> {
    const { book, queue, files, clock } = this.tools;
    const { purpose } = await files.get(tenant, request.input_file_id);
    if (purpose !== 'batch') {
      const sentence = 'That file is an answer; upload one with "purpose": "batch".';
      throw new DoorError(400, 'invalid_request', sentence, { param: 'input_file_id' });
    }
    const createdAt = clock.now();
    const key = { tenant, batchId: newBatchId() };
    await book.create({
      ...{ tenant, id: key.batchId, credential, endpoint: request.endpoint, inputFileId: request.input_file_id },
      ...{ completionWindow: request.completion_window, metadata: request.metadata ?? null, createdAt },
      expiresAt: new Date(createdAt.getTime() + (windowMs(request.completion_window) ?? 0)),
    });
    await queue.tend(key, 'created');
    return await this.get(key);
  }

  /** @throws DoorError 404 */
  async get(key: BatchKey): Promise<Batch> {
    const found = await this.tools.book.find(key);
    if (!found) throw new DoorError(404, 'not_found', `There is no batch ${key.batchId}.`, { param: 'batch_id' });
    return found;
  }

  /** One more than `limit`, where there are more. */
  async list(tenant: Tenant, part: ListPart<BatchId>): Promise<Batch[]> {
    return await this.tools.book.list(tenant, { ...part, limit: part.limit + 1 });
  }

  /** Lines that a model is answering now are waited for; no other is begun. */
  async cancel(key: BatchKey): Promise<Batch> {
    const { book, queue, clock } = this.tools;
    const { status } = await this.get(key);
    const isChanged = await book.change(key, ['validating', 'in_progress'], { to: 'cancelling', at: clock.now() });
    if (!isChanged && status !== 'cancelling' && status !== 'cancelled') {
      const sentence = `The batch is ${(await this.get(key)).status} and cannot be cancelled any more.`;
      throw new DoorError(409, 'invalid_request', sentence, { param: 'batch_id' });
    }
    await queue.tend(key, 'cancelled');
    return await this.get(key);
  }
}
