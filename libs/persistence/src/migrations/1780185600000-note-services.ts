import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells at which service of its provider a call was billed. Rows of before have none, though some were batches. */
export class NoteServices1780185600000 implements MigrationInterface {
  readonly name = 'NoteServices1780185600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ledger ADD COLUMN service text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ledger DROP COLUMN service');
  }
}
