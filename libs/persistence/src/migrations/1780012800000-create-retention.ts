import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When which part of an ended job is to be removed. A part that was removed stays noted, so that it is not dated again. */
export class CreateRetention1780012800000 implements MigrationInterface {
  readonly name = 'CreateRetention1780012800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE retention_dates (
      tenant text COLLATE "C" NOT NULL,
      job_id text COLLATE "C" NOT NULL,
      kind text NOT NULL,
      due_at timestamptz(3) NOT NULL,
      done_at timestamptz(3),
      CONSTRAINT retention_dates_pkey PRIMARY KEY (tenant, job_id, kind)
    )`);
    await runner.query('CREATE INDEX retention_dates_due ON retention_dates (due_at) WHERE done_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE retention_dates');
  }
}
