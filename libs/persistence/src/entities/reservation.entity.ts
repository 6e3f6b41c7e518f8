import type { SpendIntent } from '@waybill/llm-routing';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'reservations_pkey';

/** What of an intent is kept for people and for finding it again. */
export type StoredIntent = Omit<SpendIntent, 'most' | 'jobLimit'>;

/** A paid call that is neither billed nor undone. It holds its money until its lease is over, and is unconfirmed then. */
@Entity('reservations')
@Index('reservations_by_lease', ['tenant', 'leaseUntil'])
@Index('reservations_unmarked', ['leaseUntil'], { where: 'expired_at IS NULL' })
export class ReservationEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  @PrimaryColumn({ name: 'idempotency_key', type: 'text', collation: 'C', primaryKeyConstraintName })
  idempotencyKey!: string;

  @PrimaryColumn({ type: 'int', primaryKeyConstraintName })
  attempt!: number;

  @Column({ name: 'job_id', type: 'text', collation: 'C' })
  jobId!: string;

  @Column({ type: 'text', array: true })
  tags!: string[];

  @Column({ name: 'most_usd', type: 'numeric', precision: 24, scale: 12 })
  mostUsd!: string;

  @Column({ name: 'reserved_at', type: 'timestamptz', precision: 3 })
  reservedAt!: Date;

  @Column({ name: 'lease_until', type: 'timestamptz', precision: 3 })
  leaseUntil!: Date;

  /** Set once, when somebody has noticed that the lease is over. */
  @Column({ name: 'expired_at', type: 'timestamptz', precision: 3, nullable: true })
  expiredAt!: Date | null;

  @Column({ type: 'jsonb' })
  intent!: StoredIntent;
}
