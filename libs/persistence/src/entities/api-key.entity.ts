import type { Scope } from '@waybill/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A credential of a tenant, without its secret. */
@Entity('api_keys')
@Check('api_keys_digest_is_sha256', 'length(digest) = 32')
@Index('api_keys_by_tenant', ['tenant', 'createdAt'])
export class ApiKeyEntity {
  @PrimaryColumn({ type: 'text', collation: 'C', primaryKeyConstraintName: 'api_keys_pkey' })
  id!: string;

  @Column({ type: 'text', collation: 'C' })
  tenant!: string;

  @Column({ type: 'text' })
  name!: string;

  /** SHA-256 of the whole key. */
  @Column({ type: 'bytea' })
  digest!: Buffer;

  @Column({ type: 'text', array: true })
  scopes!: Scope[];

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', precision: 3, nullable: true })
  revokedAt!: Date | null;

  @Column({ name: 'last_used_at', type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt!: Date | null;

  @Column({ name: 'rotated_from', type: 'text', collation: 'C', nullable: true })
  rotatedFrom!: string | null;
}
