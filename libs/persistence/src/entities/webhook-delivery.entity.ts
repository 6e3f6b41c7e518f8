import type { WebhookAttempt } from '@waybill/jobs';
import { Column, Entity, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'webhook_deliveries_pkey';

/** One attempt to post a final state. No projection: no event tells of it, so a rebuild leaves it alone. */
@Entity('webhook_deliveries')
export class WebhookDeliveryEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  @PrimaryColumn({ name: 'job_id', type: 'text', collation: 'C', primaryKeyConstraintName })
  jobId!: string;

  @PrimaryColumn({ name: 'delivery_id', type: 'text', collation: 'C', primaryKeyConstraintName })
  deliveryId!: string;

  @PrimaryColumn({ type: 'int', primaryKeyConstraintName })
  attempt!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column({ type: 'text' })
  url!: string;

  @Column({ name: 'duration_ms', type: 'double precision' })
  durationMs!: number;

  /** The HTTP status; null when there was no answer. */
  @Column({ type: 'int', nullable: true })
  status!: number | null;

  @Column({ type: 'text' })
  outcome!: WebhookAttempt['outcome'];

  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}
