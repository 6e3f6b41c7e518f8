import { Column, Entity, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'spending_pkey';

/** The ledger's sum for a scope in a window; kept by a trigger of `ledger`. */
@Entity('spending')
export class SpendingEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  /** Empty for all of the tenant, else `tag:…` or `job:…`. */
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  scope!: string;

  /** `hour`, `day`, `month` or `total`. */
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  span!: string;

  @PrimaryColumn({ name: 'starts_at', type: 'timestamptz', precision: 3, primaryKeyConstraintName })
  startsAt!: Date;

  @Column({ name: 'cost_usd', type: 'numeric', precision: 24, scale: 12 })
  costUsd!: string;
}
