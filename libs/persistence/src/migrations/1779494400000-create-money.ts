import type { MigrationInterface, QueryRunner } from 'typeorm';
import { addUpLedger, reserveFunction, sumsOf } from './1779494400000-money-functions.js';

const statements = [
  `CREATE TABLE budgets (
    tenant text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    span text NOT NULL,
    cap_usd numeric(24,12) NOT NULL,
    over text NOT NULL,
    tag text,
    job_id text COLLATE "C",
    changed_at timestamptz(3) NOT NULL,
    CONSTRAINT budgets_pkey PRIMARY KEY (tenant, name)
  )`,
  `CREATE TABLE reservations (
    tenant text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL,
    attempt integer NOT NULL,
    job_id text COLLATE "C" NOT NULL,
    tags text[] NOT NULL,
    most_usd numeric(24,12) NOT NULL,
    reserved_at timestamptz(3) NOT NULL,
    lease_until timestamptz(3) NOT NULL,
    expired_at timestamptz(3),
    intent jsonb NOT NULL,
    CONSTRAINT reservations_pkey PRIMARY KEY (tenant, idempotency_key, attempt)
  )`,
  'CREATE INDEX reservations_by_lease ON reservations (tenant, lease_until)',
  'CREATE INDEX reservations_unmarked ON reservations (lease_until) WHERE expired_at IS NULL',
  // Rows come and go; with room in its page, a mark touches no index.
  'ALTER TABLE reservations SET (fillfactor = 80)',
  `CREATE TABLE spending (
    tenant text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL,
    span text COLLATE "C" NOT NULL,
    starts_at timestamptz(3) NOT NULL,
    cost_usd numeric(24,12) NOT NULL,
    CONSTRAINT spending_pkey PRIMARY KEY (tenant, scope, span, starts_at)
  ) WITH (fillfactor = 50)`,
  `ALTER TABLE ledger
    DROP CONSTRAINT ledger_pkey,
    ALTER COLUMN cost_usd TYPE numeric(24,12),
    ADD COLUMN entry text COLLATE "C",
    ADD COLUMN purpose text,
    ADD COLUMN task text,
    ADD COLUMN document_kind text,
    ADD COLUMN provider text,
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
    ADD COLUMN pages integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN idempotency_key text COLLATE "C",
    ADD COLUMN reserved_usd numeric(24,12),
    ADD COLUMN estimated_input_tokens bigint,
    ADD COLUMN input_tokens bigint,
    ADD COLUMN cached_input_tokens bigint,
    ADD COLUMN cache_written_input_tokens bigint,
    ADD COLUMN image_tokens bigint,
    ADD COLUMN output_tokens bigint,
    ADD COLUMN reasoning_tokens bigint,
    ADD COLUMN images jsonb,
    ADD COLUMN answer jsonb`,
  `UPDATE ledger SET
    entry = 'use/' || job_id || '/' || document || '/' || position,
    purpose = 'answer',
    provider = split_part(model, '/', 1),
    catalog_version = CASE WHEN cost_usd > 0 THEN coalesce(catalog_version, 'unstated') ELSE catalog_version END`,
  `ALTER TABLE ledger
    DROP COLUMN position,
    ALTER COLUMN entry SET NOT NULL,
    ALTER COLUMN purpose SET NOT NULL,
    ALTER COLUMN provider SET NOT NULL,
    ALTER COLUMN tags DROP DEFAULT,
    ALTER COLUMN pages DROP DEFAULT,
    ADD CONSTRAINT ledger_pkey PRIMARY KEY (tenant, entry),
    ADD CONSTRAINT ledger_priced_by CHECK (cost_usd = 0 OR catalog_version IS NOT NULL)`,
  'CREATE INDEX ledger_by_job ON ledger (tenant, job_id)',
  'CREATE INDEX ledger_by_key ON ledger (tenant, idempotency_key) WHERE idempotency_key IS NOT NULL',
  addUpLedger,
  `CREATE TRIGGER ledger_added_up AFTER INSERT ON ledger
    REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION waybill_add_up_ledger()`,
  // What was booked before has its sums, too.
  `INSERT INTO spending ${sumsOf('ledger')}`,
  reserveFunction,
];

/** Budgets, reservations, a ledger that says what each use was for, and its sums. */
export class CreateMoney1779494400000 implements MigrationInterface {
  readonly name = 'CreateMoney1779494400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION waybill_reserve(jsonb)');
    await runner.query('DROP TRIGGER ledger_added_up ON ledger');
    await runner.query('DROP FUNCTION waybill_add_up_ledger()');
    await runner.query('DROP TABLE spending, reservations, budgets');
    await runner.query(`ALTER TABLE ledger DROP CONSTRAINT ledger_priced_by, DROP CONSTRAINT ledger_pkey,
      ADD COLUMN position integer`);
    await runner.query('DROP INDEX ledger_by_job, ledger_by_key');
    await runner.query(`UPDATE ledger SET position = numbered.position FROM (
      SELECT tenant, entry, row_number() OVER (PARTITION BY tenant, job_id, document ORDER BY at, entry) - 1 AS position
      FROM ledger) AS numbered WHERE numbered.tenant = ledger.tenant AND numbered.entry = ledger.entry`);
    await runner.query(`ALTER TABLE ledger ALTER COLUMN cost_usd TYPE numeric(20,10),
      DROP COLUMN entry, DROP COLUMN purpose, DROP COLUMN task, DROP COLUMN document_kind, DROP COLUMN provider,
      DROP COLUMN tags, DROP COLUMN pages, DROP COLUMN idempotency_key, DROP COLUMN reserved_usd,
      DROP COLUMN estimated_input_tokens, DROP COLUMN input_tokens, DROP COLUMN cached_input_tokens,
      DROP COLUMN cache_written_input_tokens, DROP COLUMN image_tokens, DROP COLUMN output_tokens,
      DROP COLUMN reasoning_tokens, DROP COLUMN images, DROP COLUMN answer,
      ALTER COLUMN position SET NOT NULL, ADD CONSTRAINT ledger_pkey PRIMARY KEY (tenant, job_id, document, position)`);
  }
}
