import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { auditEntrySchema, auditSubject, streams, type AuditEntry } from '@waybill/contracts';
import type { AuditFilter, AuditLog } from '@waybill/jobs';
import type { Publisher } from './publisher.js';
import { readBatches } from './read-batches.js';
import { reading } from './reading.js';

const stream = streams.audit.name;
const windowSize = 500;

/** The audit log in a stream from which the server lets nobody delete. */
export class JetstreamAuditLog implements AuditLog {
  constructor(
    private readonly manager: JetStreamManager,
    private readonly publisher: Publisher,
  ) {}

  async append(entry: AuditEntry): Promise<void> {
    await this.publisher.publish(auditSubject(entry.tenant), JSON.stringify(entry));
  }

  async list({ tenant, jobId, limit }: AuditFilter): Promise<AuditEntry[]> {
    const { state } = await reading('the audit log', () => this.manager.streams.info(stream));
    const found: AuditEntry[] = [];
    for (let to = state.last_seq; to >= state.first_seq && to > 0 && found.length < limit; to -= windowSize) {
      const from = Math.max(state.first_seq, to - windowSize + 1);
      const entries = await reading('the audit log', () => this.window(from, to, auditSubject(tenant)));
      found.push(...entries.reverse().filter((entry) => jobId === undefined || entry.jobId === jobId));
    }
    return found.slice(0, limit);
  }

  private async window(from: number, to: number, filter: string): Promise<AuditEntry[]> {
    const entries: AuditEntry[] = [];
    for await (const batch of readBatches(this.manager, { stream, filter, batchSize: windowSize, from, to })) {
      entries.push(...batch.flatMap(asEntry));
    }
    return entries;
  }
}

function asEntry(stored: StoredMsg): AuditEntry[] {
  const parsed = auditEntrySchema.safeParse(stored.json<unknown>());
  return parsed.success ? [parsed.data] : [];
}
