import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `CREATE TABLE api_keys (
    id text COLLATE "C" NOT NULL,
    tenant text COLLATE "C" NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamptz(3) NOT NULL,
    expires_at timestamptz(3),
    revoked_at timestamptz(3),
    last_used_at timestamptz(3),
    rotated_from text COLLATE "C",
    CONSTRAINT api_keys_pkey PRIMARY KEY (id),
    CONSTRAINT api_keys_digest_is_sha256 CHECK (length(digest) = 32)
  )`,
  'CREATE INDEX api_keys_by_tenant ON api_keys (tenant, created_at)',
  `CREATE FUNCTION waybill_tell_identity() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NOTIFY waybill_identity;
    RETURN NULL;
  END $$`,
  // That a key was used is nothing that services have to hear of.
  `CREATE TRIGGER api_keys_changed
    AFTER INSERT OR DELETE OR UPDATE OF tenant, name, digest, scopes, expires_at, revoked_at ON api_keys
    FOR EACH STATEMENT EXECUTE FUNCTION waybill_tell_identity()`,
];

/** API keys, and a word to the services when they change. */
export class CreateIdentity1779580800000 implements MigrationInterface {
  readonly name = 'CreateIdentity1779580800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE api_keys');
    await runner.query('DROP FUNCTION waybill_tell_identity()');
  }
}
