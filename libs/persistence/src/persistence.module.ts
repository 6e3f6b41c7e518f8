import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { systemClock } from '@waybill/jobs';
import { ENVIRONMENT, SEALER, type Environment } from '@waybill/platform';
import type { Sealer } from '@waybill/sealing';
import { Database, type DatabaseOptions } from './database.js';
import { PostgresBatchBook } from './batches/postgres-batch-book.js';
import { PostgresFileShelf } from './batches/postgres-file-shelf.js';
import { PostgresChatReceipts } from './chats/postgres-chat-receipts.js';
import { migrate } from './migrate.js';
import { PostgresKeyStore } from './identity/postgres-key-store.js';
import { PostgresAllowanceBook } from './money/postgres-allowance-book.js';
import { PostgresBudgetBook } from './money/postgres-budget-book.js';
import { PostgresLeaseBook } from './money/postgres-lease-book.js';
import { PostgresPurse } from './money/postgres-purse.js';
import { PostgresUsageBook } from './money/postgres-usage-book.js';
import { PostgresJobArchive } from './postgres-job-archive.js';
import { PostgresJobProjection } from './postgres-job-projection.js';
import { PostgresJobStatistics } from './postgres-job-statistics.js';
import { PostgresOperatorNumbers } from './postgres-operator-numbers.js';
import { PostgresRecordEraser } from './postgres-record-eraser.js';
import { PostgresRetentionBook } from './postgres-retention-book.js';
import { PostgresWebhookLog } from './postgres-webhook-log.js';

/** Port `JobProjection` of the jobs library. */
export const JOB_PROJECTION = Symbol('JOB_PROJECTION');
/** Port `JobArchive` of the jobs library. */
export const JOB_ARCHIVE = Symbol('JOB_ARCHIVE');
/** Port `JobStatistics` of the jobs library. */
export const JOB_STATISTICS = Symbol('JOB_STATISTICS');
/** Port `OperatorNumbers` of the jobs library. */
export const OPERATOR_NUMBERS = Symbol('OPERATOR_NUMBERS');
/** Port `WebhookLog` of the jobs library. */
export const WEBHOOK_LOG = Symbol('WEBHOOK_LOG');
/** Port `RetentionBook` of the jobs library. */
export const RETENTION_BOOK = Symbol('RETENTION_BOOK');
/** Port `RecordEraser` of the jobs library. */
export const RECORD_ERASER = Symbol('RECORD_ERASER');
/** Port `Purse` of the routing library. */
export const PURSE = Symbol('PURSE');
/** Port `BudgetBook` of the routing library. */
export const BUDGET_BOOK = Symbol('BUDGET_BOOK');
/** Port `AllowanceBook` of the routing library. */
export const ALLOWANCE_BOOK = Symbol('ALLOWANCE_BOOK');
/** Port `UsageBook` of the routing library. */
export const USAGE_BOOK = Symbol('USAGE_BOOK');
/** Port `LeaseBook` of the routing library. */
export const LEASE_BOOK = Symbol('LEASE_BOOK');
/** Port `BatchBook` of the jobs library. */
export const BATCH_BOOK = Symbol('BATCH_BOOK');
/** Port `ChatReceiptBook` of the routing library. */
export const CHAT_RECEIPT_BOOK = Symbol('CHAT_RECEIPT_BOOK');
/** Port `FileShelf` of the jobs library. */
export const FILE_SHELF = Symbol('FILE_SHELF');

/** Port `KeyStore` of the identity library. */
export const KEY_STORE = Symbol('KEY_STORE');

/** Connections that reading keys and noting their use needs. */
const identityPoolSize = 2;

/**
 * Postgres behind the ports of the projection. The service starts without it and takes it up when it is there: what
 * needs it is deferred or answered from the event stream, so it is no condition of readiness.
 */
@Module({})
export class PersistenceModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(options: DatabaseOptions = {}): DynamicModule {
    return {
      module: PersistenceModule,
      providers: [
        {
          provide: Database,
          inject: [ENVIRONMENT],
          useFactory: async (environment: Environment) => {
            if (environment.WAYBILL_PROVISION_AT_START) await migrate(environment.DATABASE_URL);
            return new Database(environment.DATABASE_URL, {
              poolSize: environment.WAYBILL_DATABASE_POOL_SIZE,
              ...options,
            });
          },
        },
        {
          provide: JOB_PROJECTION,
          inject: [Database, SEALER],
          useFactory: (db: Database, sealer: Sealer) => new PostgresJobProjection(db, sealer),
        },
        {
          provide: JOB_ARCHIVE,
          inject: [Database, SEALER],
          useFactory: (db: Database, sealer: Sealer) => new PostgresJobArchive(db, sealer),
        },
        { provide: JOB_STATISTICS, inject: [Database], useFactory: (db: Database) => new PostgresJobStatistics(db) },
        {
          provide: OPERATOR_NUMBERS,
          inject: [Database],
          useFactory: (db: Database) => new PostgresOperatorNumbers(db),
        },
        { provide: WEBHOOK_LOG, inject: [Database], useFactory: (db: Database) => new PostgresWebhookLog(db) },
        { provide: RETENTION_BOOK, inject: [Database], useFactory: (db: Database) => new PostgresRetentionBook(db) },
        { provide: RECORD_ERASER, inject: [Database], useFactory: (db: Database) => new PostgresRecordEraser(db) },
        { provide: PURSE, inject: [Database], useFactory: (db: Database) => new PostgresPurse(db, systemClock) },
        {
          provide: BUDGET_BOOK,
          inject: [Database],
          useFactory: (db: Database) => new PostgresBudgetBook(db, systemClock),
        },
        {
          provide: ALLOWANCE_BOOK,
          inject: [Database],
          useFactory: (db: Database) => new PostgresAllowanceBook(db),
        },
        {
          provide: USAGE_BOOK,
          inject: [Database],
          useFactory: (db: Database) => new PostgresUsageBook(db, systemClock),
        },
        {
          provide: BATCH_BOOK,
          inject: [Database],
          useFactory: (db: Database) => new PostgresBatchBook(db, systemClock),
        },
        {
          provide: CHAT_RECEIPT_BOOK,
          inject: [Database, SEALER],
          useFactory: (db: Database, sealer: Sealer) => new PostgresChatReceipts(db, sealer),
        },
        { provide: FILE_SHELF, inject: [Database], useFactory: (db: Database) => new PostgresFileShelf(db) },
        { provide: LEASE_BOOK, inject: [Database], useFactory: (db: Database) => new PostgresLeaseBook(db) },
      ],
      exports: [
        JOB_PROJECTION,
        JOB_ARCHIVE,
        JOB_STATISTICS,
        OPERATOR_NUMBERS,
        WEBHOOK_LOG,
        RECORD_ERASER,
        RETENTION_BOOK,
        PURSE,
        ALLOWANCE_BOOK,
        BUDGET_BOOK,
        USAGE_BOOK,
        LEASE_BOOK,
        BATCH_BOOK,
        FILE_SHELF,
        CHAT_RECEIPT_BOOK,
      ],
    };
  }

  /** The keys of the callers, and nothing else; another service migrates. */
  static forIdentity(): DynamicModule {
    return {
      module: PersistenceModule,
      providers: [
        {
          provide: Database,
          inject: [ENVIRONMENT],
          useFactory: ({ DATABASE_URL: url }: Environment) => new Database(url, { poolSize: identityPoolSize }),
        },
        { provide: KEY_STORE, inject: [Database], useFactory: (db: Database) => new PostgresKeyStore(db) },
      ],
      exports: [KEY_STORE],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
