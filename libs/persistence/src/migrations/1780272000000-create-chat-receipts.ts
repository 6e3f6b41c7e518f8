import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE chat_receipts (
    tenant text COLLATE "C" NOT NULL,
    chat_id text COLLATE "C" NOT NULL,
    completion_id text COLLATE "C",
    batch_id text COLLATE "C",
    at timestamptz(3) NOT NULL,
    choices text[] NOT NULL,
    receipt json NOT NULL,
    CONSTRAINT chat_receipts_pkey PRIMARY KEY (tenant, chat_id)
  )`,
  // What many receipts of a moment have in common; without a key to it, so that nobody waits for anybody.
  `CREATE TABLE chat_choices (
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    at timestamptz(3) NOT NULL,
    choice json NOT NULL,
    CONSTRAINT chat_choices_pkey PRIMARY KEY (tenant, id)
  )`,
  `CREATE INDEX chat_receipts_by_completion ON chat_receipts (tenant, completion_id) WHERE completion_id IS NOT NULL`,
  `CREATE INDEX chat_receipts_by_batch ON chat_receipts (tenant, batch_id) WHERE batch_id IS NOT NULL`,
  // Rows come in the order of their moments, so that a few bytes for each stretch of the table find those that are over.
  'CREATE INDEX chat_receipts_by_age ON chat_receipts USING brin (at)',
];

/** How chats of the OpenAI-compatible door were routed. */
export class CreateChatReceipts1780272000000 implements MigrationInterface {
  readonly name = 'CreateChatReceipts1780272000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE chat_receipts, chat_choices');
  }
}
