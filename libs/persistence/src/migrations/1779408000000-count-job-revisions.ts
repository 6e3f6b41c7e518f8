import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets a writer find out in one round trip that somebody else has written a job's row meanwhile. */
export class CountJobRevisions1779408000000 implements MigrationInterface {
  readonly name = 'CountJobRevisions1779408000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE jobs ADD COLUMN revision integer NOT NULL DEFAULT 1');
    await runner.query('ALTER TABLE jobs ALTER COLUMN revision DROP DEFAULT');
    // A row is written once an event; with room in its page, most of these writes touch no index.
    await runner.query('ALTER TABLE jobs SET (fillfactor = 60)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE jobs RESET (fillfactor)');
    await runner.query('ALTER TABLE jobs DROP COLUMN revision');
  }
}
