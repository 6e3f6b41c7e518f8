import type { JobKey } from '@waybill/contracts';
import type { WebhookAttempt, WebhookLog } from '@waybill/jobs';
import type { Database } from './database.js';

/** Remembers what was posted where. */
export class PostgresWebhookLog implements WebhookLog {
  constructor(private readonly database: Database) {}

  async isDelivered({ tenant, jobId }: JobKey, deliveryId: string): Promise<boolean> {
    return await this.database.run((manager, { WebhookDeliveryEntity }) =>
      manager.existsBy(WebhookDeliveryEntity, { tenant, jobId, deliveryId, outcome: 'delivered' }),
    );
  }

  /** An attempt that runs again, because its worker died, replaces what it said before. */
  async record({ job, reason, ...attempt }: WebhookAttempt): Promise<void> {
    await this.database.run((manager, { WebhookDeliveryEntity }) =>
      manager.upsert(WebhookDeliveryEntity, { ...job, ...attempt, reason: reason ?? null }, [
        'tenant',
        'jobId',
        'deliveryId',
        'attempt',
      ]),
    );
  }

  async attempts({ tenant, jobId }: JobKey): Promise<WebhookAttempt[]> {
    const rows = await this.database.run((manager, { WebhookDeliveryEntity }) =>
      manager.find(WebhookDeliveryEntity, { where: { tenant, jobId }, order: { at: 'ASC' } }),
    );
    return rows.map(({ tenant: _tenant, jobId: _jobId, reason, ...row }) => ({
      ...row,
      job: { tenant, jobId },
      ...(reason === null ? {} : { reason }),
    }));
  }
}
