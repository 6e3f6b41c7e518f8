import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tells calls that a simulator answered from calls that somebody bills. */
export class MarkSimulatedCalls1779667200000 implements MigrationInterface {
  readonly name = 'MarkSimulatedCalls1779667200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ledger ADD COLUMN simulated boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ledger DROP COLUMN simulated');
  }
}
