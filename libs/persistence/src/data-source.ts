import pg, { type Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ApiKeyEntity } from './entities/api-key.entity.js';
import { BudgetEntity } from './entities/budget.entity.js';
import { JobEntity } from './entities/job.entity.js';
import { LedgerEntryEntity } from './entities/ledger-entry.entity.js';
import { PageEntity } from './entities/page.entity.js';
import { PurgeEntity } from './entities/purge.entity.js';
import { ReservationEntity } from './entities/reservation.entity.js';
import { RetentionDateEntity } from './entities/retention-date.entity.js';
import { ResultEntity } from './entities/result.entity.js';
import { SpendingEntity } from './entities/spending.entity.js';
import { WebhookDeliveryEntity } from './entities/webhook-delivery.entity.js';
import { CreateProjection1772323200000 } from './migrations/1772323200000-create-projection.js';
import { CountJobRevisions1779408000000 } from './migrations/1779408000000-count-job-revisions.js';
import { CreateMoney1779494400000 } from './migrations/1779494400000-create-money.js';
import { CreateIdentity1779580800000 } from './migrations/1779580800000-create-identity.js';
import { MarkSimulatedCalls1779667200000 } from './migrations/1779667200000-mark-simulated-calls.js';
import { CreateBatches1779840000000 } from './migrations/1779840000000-create-batches.js';
import { CreatePurges1779926400000 } from './migrations/1779926400000-create-purges.js';
import { CreateRetention1780012800000 } from './migrations/1780012800000-create-retention.js';
import { NoteCredentials1780099200000 } from './migrations/1780099200000-note-credentials.js';
import { NoteServices1780185600000 } from './migrations/1780185600000-note-services.js';
import { CreateChatReceipts1780272000000 } from './migrations/1780272000000-create-chat-receipts.js';

/** Every table that is described to TypeORM. */
export const entities = {
  ...{ JobEntity, PageEntity, ResultEntity, LedgerEntryEntity, SpendingEntity, ReservationEntity, BudgetEntity },
  ...{ WebhookDeliveryEntity, ApiKeyEntity, PurgeEntity, RetentionDateEntity },
};
export type Entities = typeof entities;

/** TypeORM over connections that are there already; `destroy` ends them. */
export async function openDataSource(pool: Pool): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    // It asks its driver for a pool, and is given the one that all other statements go over.
    driver: { ...pg, Pool: givenPool(pool) },
    entities: Object.values(entities),
    migrations: [
      CreateProjection1772323200000,
      CountJobRevisions1779408000000,
      CreateMoney1779494400000,
      CreateIdentity1779580800000,
      MarkSimulatedCalls1779667200000,
      CreateBatches1779840000000,
      CreatePurges1779926400000,
      CreateRetention1780012800000,
      NoteCredentials1780099200000,
      NoteServices1780185600000,
      CreateChatReceipts1780272000000,
    ],
    migrationsTableName: 'waybill_migrations',
    synchronize: false,
    logging: false,
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    poolErrorHandler: () => undefined,
  });
  return await source.initialize();
}

/** A constructor that constructs nothing: `new` gives what it returns. */
const givenPool = (pool: Pool) =>
  function Given(): Pool {
    return pool;
  };
