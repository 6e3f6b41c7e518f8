import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'purges_pkey';

/** A purge that has to be done once more, because the job was under way. */
@Entity('purges')
@Index('purges_due', ['repeatAt'])
export class PurgeEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  @PrimaryColumn({ name: 'job_id', type: 'text', collation: 'C', primaryKeyConstraintName })
  jobId!: string;

  @Column({ name: 'purged_at', type: 'timestamptz', precision: 3 })
  purgedAt!: Date;

  @Column({ name: 'repeat_at', type: 'timestamptz', precision: 3 })
  repeatAt!: Date;
}
