import type { BlobReference, Failure, PageSummary, StageTimes } from '@waybill/contracts';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { JobEntity } from './job.entity.js';

const primaryKeyConstraintName = 'pages_pkey';

/** How one page ended. Layout and image are references into the document store. */
@Entity('pages')
@ForeignKey(() => JobEntity, ['tenant', 'jobId'], ['tenant', 'jobId'], { name: 'pages_of_job', onDelete: 'CASCADE' })
export class PageEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  @PrimaryColumn({ name: 'job_id', type: 'text', collation: 'C', primaryKeyConstraintName })
  jobId!: string;

  /** Counts from 0 in the submission. */
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName })
  document!: number;

  /** Counts from 1 in its document. */
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName })
  page!: number;

  @Column({ name: 'ended_at', type: 'timestamptz', precision: 3 })
  endedAt!: Date;

  @Column({ type: 'int' })
  attempts!: number;

  /** Set for a page that was read, as are `summary` and `times`. */
  @Column({ type: 'jsonb', nullable: true })
  layout!: BlobReference | null;

  @Column({ type: 'jsonb', nullable: true })
  image!: BlobReference | null;

  @Column({ type: 'jsonb', nullable: true })
  summary!: PageSummary | null;

  @Column({ type: 'jsonb', nullable: true })
  times!: StageTimes | null;

  /** Set for a page that was not read. */
  @Column({ type: 'jsonb', nullable: true })
  failure!: Failure | null;
}
