import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE jobs (
    tenant text COLLATE "C" NOT NULL,
    job_id text COLLATE "C" NOT NULL,
    status text NOT NULL,
    waiting_until timestamptz(3),
    task text,
    tags text[] NOT NULL,
    created_at timestamptz(3),
    deadline timestamptz(3),
    finished_at timestamptz(3),
    accepted jsonb,
    planned jsonb,
    progress jsonb NOT NULL,
    CONSTRAINT jobs_pkey PRIMARY KEY (tenant, job_id)
  )`,
  'CREATE INDEX jobs_by_age ON jobs (tenant, created_at, job_id)',
  'CREATE INDEX jobs_by_status ON jobs (tenant, status, created_at, job_id)',
  'CREATE INDEX jobs_by_tag ON jobs USING gin (tags)',
  'CREATE INDEX jobs_overdue ON jobs (deadline) WHERE finished_at IS NULL',
  `CREATE TABLE pages (
    tenant text COLLATE "C" NOT NULL,
    job_id text COLLATE "C" NOT NULL,
    document integer NOT NULL,
    page integer NOT NULL,
    ended_at timestamptz(3) NOT NULL,
    attempts integer NOT NULL,
    layout jsonb,
    image jsonb,
    summary jsonb,
    times jsonb,
    failure jsonb,
    CONSTRAINT pages_pkey PRIMARY KEY (tenant, job_id, document, page),
    CONSTRAINT pages_of_job FOREIGN KEY (tenant, job_id) REFERENCES jobs (tenant, job_id) ON DELETE CASCADE
  )`,
  `CREATE TABLE results (
    tenant text COLLATE "C" NOT NULL,
    job_id text COLLATE "C" NOT NULL,
    status text NOT NULL,
    finished_at timestamptz(3) NOT NULL,
    result jsonb,
    problems jsonb NOT NULL,
    cost_usd double precision NOT NULL,
    times jsonb NOT NULL,
    CONSTRAINT results_pkey PRIMARY KEY (tenant, job_id),
    CONSTRAINT results_of_job FOREIGN KEY (tenant, job_id) REFERENCES jobs (tenant, job_id) ON DELETE CASCADE
  )`,
  `CREATE TABLE ledger (
    tenant text COLLATE "C" NOT NULL,
    job_id text COLLATE "C" NOT NULL,
    document integer NOT NULL,
    position integer NOT NULL,
    at timestamptz(3) NOT NULL,
    model text NOT NULL,
    tier integer NOT NULL,
    cost_usd numeric(20,10) NOT NULL,
    duration_ms double precision NOT NULL,
    catalog_version text,
    CONSTRAINT ledger_pkey PRIMARY KEY (tenant, job_id, document, position)
  )`,
  'CREATE INDEX ledger_by_age ON ledger (tenant, at)',
  `CREATE TABLE webhook_deliveries (
    tenant text COLLATE "C" NOT NULL,
    job_id text COLLATE "C" NOT NULL,
    delivery_id text COLLATE "C" NOT NULL,
    attempt integer NOT NULL,
    at timestamptz(3) NOT NULL,
    url text NOT NULL,
    duration_ms double precision NOT NULL,
    status integer,
    outcome text NOT NULL,
    reason text,
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (tenant, job_id, delivery_id, attempt)
  )`,
];

export class CreateProjection1772323200000 implements MigrationInterface {
  readonly name = 'CreateProjection1772323200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_deliveries, ledger, results, pages, jobs');
  }
}
