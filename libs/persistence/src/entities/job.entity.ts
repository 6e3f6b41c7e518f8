import type { JobStatus, TaskKind } from '@waybill/contracts';
import type { AcceptedFacts, JobState, PlannedFacts } from '@waybill/jobs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The part of a job's state that changes with every event. */
export type JobProgress = Omit<JobState, 'tenant' | 'jobId' | 'accepted' | 'planned'>;

/**
 * A job's folded state. `accepted` and `planned` are written once; what is asked for in listings stands in columns of
 * its own. A row whose `createdAt` is null has seen later events of its job only.
 */
@Entity('jobs')
@Index('jobs_by_age', ['tenant', 'createdAt', 'jobId'])
@Index('jobs_by_status', ['tenant', 'status', 'createdAt', 'jobId'])
@Index('jobs_by_tag', ['tags'], { type: 'gin' })
@Index('jobs_overdue', ['deadline'], { where: 'finished_at IS NULL' })
export class JobEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: 'jobs_pkey' })
  tenant!: string;

  @PrimaryColumn({ name: 'job_id', type: 'text', collation: 'C', primaryKeyConstraintName: 'jobs_pkey' })
  jobId!: string;

  /** Counts the writes of the row, from 1; a writer that does not know the latest one is refused. */
  @Column({ type: 'int' })
  revision!: number;

  /** As folded, without the clock: a wait whose time has come still reads `waiting` here. */
  @Column({ type: 'text' })
  status!: JobStatus;

  @Column({ name: 'waiting_until', type: 'timestamptz', precision: 3, nullable: true })
  waitingUntil!: Date | null;

  @Column({ type: 'text', nullable: true })
  task!: TaskKind | null;

  @Column({ type: 'text', array: true })
  tags!: string[];

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3, nullable: true })
  createdAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  deadline!: Date | null;

  @Column({ name: 'finished_at', type: 'timestamptz', precision: 3, nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'jsonb', nullable: true })
  accepted!: AcceptedFacts | null;

  @Column({ type: 'jsonb', nullable: true })
  planned!: PlannedFacts | null;

  @Column({ type: 'jsonb' })
  progress!: JobProgress;
}
