import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE files (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    filename text NOT NULL,
    purpose text NOT NULL,
    blob jsonb NOT NULL,
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    CONSTRAINT files_pkey PRIMARY KEY (tenant, id)
  )`,
  `CREATE TABLE batches (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    endpoint text NOT NULL,
    input_file_id text COLLATE "C" NOT NULL,
    completion_window text NOT NULL,
    metadata jsonb,
    status text NOT NULL,
    errors jsonb NOT NULL DEFAULT '[]',
    output_file_id text COLLATE "C",
    error_file_id text COLLATE "C",
    total integer NOT NULL DEFAULT 0,
    completed integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    moments jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3) NOT NULL,
    changed_at timestamptz(3) NOT NULL,
    CONSTRAINT batches_pkey PRIMARY KEY (tenant, id)
  )`,
  `CREATE INDEX batches_unfinished ON batches (changed_at)
    WHERE status IN ('validating', 'in_progress', 'finalizing', 'cancelling')`,
  `CREATE TABLE batch_lines (
    tenant text COLLATE "C" NOT NULL,
    batch_id text COLLATE "C" NOT NULL,
    line integer NOT NULL,
    custom_id text NOT NULL,
    request jsonb NOT NULL,
    state text NOT NULL DEFAULT 'pending',
    ending jsonb,
    CONSTRAINT batch_lines_pkey PRIMARY KEY (tenant, batch_id, line),
    CONSTRAINT batch_lines_custom_id UNIQUE (tenant, batch_id, custom_id),
    CONSTRAINT batch_lines_state CHECK (state IN ('pending', 'asking', 'ended')),
    CONSTRAINT batch_lines_batch FOREIGN KEY (tenant, batch_id) REFERENCES batches (tenant, id) ON DELETE CASCADE
  )`,
  `CREATE INDEX batch_lines_open ON batch_lines (tenant, batch_id) WHERE state <> 'ended'`,
];

/** Files and batches of the OpenAI-compatible door. */
export class CreateBatches1779840000000 implements MigrationInterface {
  readonly name = 'CreateBatches1779840000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['batch_lines', 'batches', 'files']) await runner.query(`DROP TABLE ${table}`);
  }
}
