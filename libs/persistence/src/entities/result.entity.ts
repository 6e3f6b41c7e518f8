import type { Failure, FinalStatus, JobResult, StageTimes } from '@waybill/contracts';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { JobEntity } from './job.entity.js';

const primaryKeyConstraintName = 'results_pkey';

/** The one final state of a finished job, with its answer where there is one. */
@Entity('results')
@ForeignKey(() => JobEntity, ['tenant', 'jobId'], ['tenant', 'jobId'], { name: 'results_of_job', onDelete: 'CASCADE' })
export class ResultEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  @PrimaryColumn({ name: 'job_id', type: 'text', collation: 'C', primaryKeyConstraintName })
  jobId!: string;

  @Column({ type: 'text' })
  status!: FinalStatus;

  @Column({ name: 'finished_at', type: 'timestamptz', precision: 3 })
  finishedAt!: Date;

  @Column({ type: 'jsonb', nullable: true })
  result!: JobResult | null;

  @Column({ type: 'jsonb' })
  problems!: Failure[];

  @Column({ name: 'cost_usd', type: 'double precision' })
  costUsd!: number;

  @Column({ type: 'jsonb' })
  times!: StageTimes;
}
