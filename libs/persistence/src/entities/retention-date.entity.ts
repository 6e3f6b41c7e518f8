import type { RetainedKind } from '@waybill/contracts';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'retention_dates_pkey';

/** When a part of an ended job is to be removed, and when it was. */
@Entity('retention_dates')
@Index('retention_dates_due', ['dueAt'], { where: 'done_at IS NULL' })
export class RetentionDateEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  @PrimaryColumn({ name: 'job_id', type: 'text', collation: 'C', primaryKeyConstraintName })
  jobId!: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName })
  kind!: RetainedKind;

  @Column({ name: 'due_at', type: 'timestamptz', precision: 3 })
  dueAt!: Date;

  @Column({ name: 'done_at', type: 'timestamptz', precision: 3, nullable: true })
  doneAt!: Date | null;
}
