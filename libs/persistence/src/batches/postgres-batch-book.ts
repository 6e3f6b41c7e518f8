import type { BatchId, BatchKey, BatchStatus, Tenant } from '@waybill/contracts';
import type {
  Batch,
  BatchBook,
  BatchChange,
  BegunLine,
  Clock,
  EndedLine,
  LineEnding,
  LinesToDrop,
  ListPart,
  NewBatch,
  NewLine,
} from '@waybill/jobs';
import type { Database } from '../database.js';
import * as statements from './batch-statements.js';

interface BatchRow extends Omit<Batch, 'counts' | 'moments'> {
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly moments: Readonly<Record<string, string>>;
}

/** Batches and their lines in Postgres. */
export class PostgresBatchBook implements BatchBook {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async create(batch: NewBatch): Promise<void> {
    const { tenant, id, endpoint, inputFileId, completionWindow, metadata, createdAt, expiresAt, credential } = batch;
    const about = metadata === null ? null : JSON.stringify(metadata);
    const values = [tenant, id, endpoint, inputFileId, completionWindow, about, createdAt, expiresAt, credential];
    await this.database.execute(statements.createBatch, values);
  }

  async find({ tenant, batchId }: BatchKey): Promise<Batch | undefined> {
    const [row] = await this.database.execute<BatchRow>(statements.findBatch, [tenant, batchId]);
    return row && batchOf(row);
  }

  async list(tenant: Tenant, { after, limit }: ListPart<BatchId>): Promise<Batch[]> {
    const rows = await this.database.execute<BatchRow>(statements.listBatches, [tenant, after ?? null, limit]);
    return rows.map(batchOf);
  }

  async due(now: Date, quietSince: Date): Promise<BatchKey[]> {
    return await this.database.execute<BatchKey>(statements.dueBatches, [now, quietSince]);
  }

  async change({ tenant, batchId }: BatchKey, from: readonly BatchStatus[], change: BatchChange): Promise<boolean> {
    const { to, at, total, errors, outputFileId, errorFileId } = change;
    const rows = await this.database.execute(statements.changeBatch, [
      ...[tenant, batchId, from, to, at, at.toISOString(), total ?? null],
      ...[errors ? JSON.stringify(errors) : null, outputFileId ?? null, errorFileId ?? null],
    ]);
    return rows.length > 0;
  }

  async addLines({ tenant, batchId }: BatchKey, lines: readonly NewLine[]): Promise<void> {
    await this.database.execute(statements.addLines, [
      ...[tenant, batchId, lines.map(({ line }) => line), lines.map(({ customId }) => customId)],
      lines.map(({ request }) => JSON.stringify(request)),
    ]);
  }

  async begin({ tenant, batchId }: BatchKey, line: number): Promise<BegunLine | undefined> {
    return (await this.database.execute<BegunLine>(statements.beginLine, [tenant, batchId, line]))[0];
  }

  async giveBack({ tenant, batchId }: BatchKey, line: number): Promise<void> {
    await this.database.execute(statements.giveLineBack, [tenant, batchId, line]);
  }

  async end({ tenant, batchId }: BatchKey, line: number, ending: LineEnding): Promise<boolean> {
    const isGood = ending.kind === 'response' && ending.statusCode < 400;
    const [row] = await this.database.execute<{ isLast: boolean }>(statements.endLine, [
      ...[tenant, batchId, line, JSON.stringify(ending), isGood ? 1 : 0, this.clock.now()],
    ]);
    return row?.isLast === true;
  }

  async drop({ tenant, batchId }: BatchKey, { states, ending }: LinesToDrop): Promise<void> {
    await this.database.execute(statements.dropLines, [tenant, batchId, states, JSON.stringify(ending)]);
  }

  async remove({ tenant, batchId }: BatchKey): Promise<number> {
    const lines = await this.database.execute(statements.removeLines, [tenant, batchId]);
    return lines.length + (await this.database.execute(statements.removeBatch, [tenant, batchId])).length;
  }

  async hasOpenLines({ tenant, batchId }: BatchKey): Promise<boolean> {
    return (await this.database.execute(statements.openLine, [tenant, batchId])).length > 0;
  }

  async ended({ tenant, batchId }: BatchKey, afterLine: number, limit: number): Promise<EndedLine[]> {
    return await this.database.execute<EndedLine>(statements.endedLines, [tenant, batchId, afterLine, limit]);
  }
}

function batchOf({ total, completed, failed, moments, ...batch }: BatchRow): Batch {
  return {
    ...batch,
    counts: { total, completed, failed },
    moments: Object.fromEntries(Object.entries(moments).map(([status, at]) => [status, new Date(at)])),
  };
}
