import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'ledger_pkey';

/**
 * What one use of a model cost. Accounting, not projection: it has no foreign key and a rebuild leaves it alone,
 * because the same final state gives the same entries.
 */
@Entity('ledger')
@Index('ledger_by_age', ['tenant', 'at'])
export class LedgerEntryEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  @PrimaryColumn({ name: 'job_id', type: 'text', collation: 'C', primaryKeyConstraintName })
  jobId!: string;

  @PrimaryColumn({ type: 'int', primaryKeyConstraintName })
  document!: number;

  /** Counts from 0 over the model uses of the document. */
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName })
  position!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column({ type: 'text' })
  model!: string;

  @Column({ type: 'int' })
  tier!: number;

  /** US dollars, exact to 1e-10. */
  @Column({ name: 'cost_usd', type: 'numeric', precision: 20, scale: 10 })
  costUsd!: string;

  @Column({ name: 'duration_ms', type: 'double precision' })
  durationMs!: number;

  /** The price catalog that priced it; null for models that are not in a catalog. */
  @Column({ name: 'catalog_version', type: 'text', nullable: true })
  catalogVersion!: string | null;
}
