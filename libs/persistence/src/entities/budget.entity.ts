import type { BudgetReaction, BudgetWindow } from '@waybill/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'budgets_pkey';

/** What a tenant's jobs may spend: all of them, those with a tag, or one. */
@Entity('budgets')
export class BudgetEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  name!: string;

  /** A reserved word of SQL under its own name. */
  @Column({ name: 'span', type: 'text' })
  window!: BudgetWindow;

  @Column({ name: 'cap_usd', type: 'numeric', precision: 24, scale: 12 })
  capUsd!: string;

  @Column({ type: 'text' })
  over!: BudgetReaction;

  @Column({ type: 'text', nullable: true })
  tag!: string | null;

  @Column({ name: 'job_id', type: 'text', collation: 'C', nullable: true })
  jobId!: string | null;

  @Column({ name: 'changed_at', type: 'timestamptz', precision: 3 })
  changedAt!: Date;
}
