import type { BlobReference, RouteAttempt, SentImage, UsePurpose } from '@waybill/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

const primaryKeyConstraintName = 'ledger_pkey';
const money = { type: 'numeric', precision: 24, scale: 12 } as const;

/**
 * What one use of a model or an engine cost, and everything that it is booked under (docs/money.md). Accounting, not
 * projection: it has no foreign key and a rebuild leaves it alone, because the same events give the same entries.
 */
@Entity('ledger')
@Index('ledger_by_age', ['tenant', 'at'])
@Index('ledger_by_job', ['tenant', 'jobId'])
@Index('ledger_by_key', ['tenant', 'idempotencyKey'], { where: 'idempotency_key IS NOT NULL' })
@Check('ledger_priced_by', 'cost_usd = 0 OR catalog_version IS NOT NULL')
export class LedgerEntryEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  tenant!: string;

  /** `page/…`, `call/…` or `use/…`: what is recorded again is booked once. */
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName })
  entry!: string;

  @Column({ name: 'job_id', type: 'text', collation: 'C' })
  jobId!: string;

  @Column({ type: 'int' })
  document!: number;

  /** The pages that the use was about; empty for whole documents. */
  @Column({ type: 'int', array: true })
  pages!: number[];

  @Column({ type: 'timestamptz', precision: 3 })
  at!: Date;

  @Column({ type: 'text', array: true })
  tags!: string[];

  /** What may be shown of the credential that asked for it; null where that is not known, as over NATS. */
  @Column({ type: 'text', collation: 'C', nullable: true })
  credential!: string | null;

  @Column({ type: 'text' })
  purpose!: UsePurpose;

  @Column({ type: 'text', nullable: true })
  task!: string | null;

  @Column({ name: 'document_kind', type: 'text', nullable: true })
  documentKind!: string | null;

  @Column({ type: 'text' })
  provider!: string;

  @Column({ type: 'text' })
  model!: string;

  @Column({ type: 'int' })
  tier!: number;

  /** US dollars, exact to the picodollar. */
  @Column({ name: 'cost_usd', ...money })
  costUsd!: string;

  /** What had been reserved for it; null where nothing was. */
  @Column({ name: 'reserved_usd', ...money, nullable: true })
  reservedUsd!: string | null;

  @Column({ name: 'duration_ms', type: 'double precision' })
  durationMs!: number;

  /** The price catalog that priced it; null only for what cost nothing. */
  @Column({ name: 'catalog_version', type: 'text', nullable: true })
  catalogVersion!: string | null;

  @Column({ name: 'idempotency_key', type: 'text', collation: 'C', nullable: true })
  idempotencyKey!: string | null;

  @Column({ name: 'estimated_input_tokens', type: 'bigint', nullable: true })
  estimatedInputTokens!: string | null;

  @Column({ name: 'input_tokens', type: 'bigint', nullable: true })
  inputTokens!: string | null;

  @Column({ name: 'cached_input_tokens', type: 'bigint', nullable: true })
  cachedInputTokens!: string | null;

  @Column({ name: 'cache_written_input_tokens', type: 'bigint', nullable: true })
  cacheWrittenInputTokens!: string | null;

  @Column({ name: 'image_tokens', type: 'bigint', nullable: true })
  imageTokens!: string | null;

  @Column({ name: 'output_tokens', type: 'bigint', nullable: true })
  outputTokens!: string | null;

  @Column({ name: 'reasoning_tokens', type: 'bigint', nullable: true })
  reasoningTokens!: string | null;

  /** The pictures that went out. */
  @Column({ type: 'jsonb', nullable: true })
  images!: SentImage[] | null;

  /** Where the answer of a paid call is kept. */
  @Column({ type: 'jsonb', nullable: true })
  answer!: BlobReference | null;

  /** At which of the provider's services it was billed; null for the usual one. */
  @Column({ type: 'text', nullable: true })
  service!: RouteAttempt['service'] | null;

  /** A simulator answered: nobody sends a bill. */
  @Column({ type: 'boolean', default: false })
  simulated!: boolean;
}
