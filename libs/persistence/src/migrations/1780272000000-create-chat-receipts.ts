import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE chat_receipts (
    tenant text COLLATE "C" NOT NULL,
    chat_id text COLLATE "C" NOT NULL,
    completion_id text COLLATE "C",
    batch_id text COLLATE "C",
    at timestamptz(3) NOT NULL,
    receipt json NOT NULL,
    CONSTRAINT chat_receipts_pkey PRIMARY KEY (tenant, chat_id)
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
    await runner.query('DROP TABLE chat_receipts');
  }
}
