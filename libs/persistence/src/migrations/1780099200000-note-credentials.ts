import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Books money under the credential that asked for it, too. Rows of before, and those of a release before, have none. */
export class NoteCredentials1780099200000 implements MigrationInterface {
  readonly name = 'NoteCredentials1780099200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ledger ADD COLUMN credential text COLLATE "C"');
    await runner.query('ALTER TABLE batches ADD COLUMN credential text COLLATE "C"');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE batches DROP COLUMN credential');
    await runner.query('ALTER TABLE ledger DROP COLUMN credential');
  }
}
