import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purges of jobs that were under way: each is done once more when nothing of the job can run any longer. */
export class CreatePurges1779926400000 implements MigrationInterface {
  readonly name = 'CreatePurges1779926400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE purges (
      tenant text COLLATE "C" NOT NULL,
      job_id text COLLATE "C" NOT NULL,
      purged_at timestamptz(3) NOT NULL,
      repeat_at timestamptz(3) NOT NULL,
      CONSTRAINT purges_pkey PRIMARY KEY (tenant, job_id)
    )`);
    await runner.query('CREATE INDEX purges_due ON purges (repeat_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE purges');
  }
}
