import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '@waybill/platform';
import { Database, type DatabaseOptions } from './database.js';
import { migrate } from './migrate.js';
import { PostgresJobArchive } from './postgres-job-archive.js';
import { PostgresJobProjection } from './postgres-job-projection.js';
import { PostgresWebhookLog } from './postgres-webhook-log.js';

/** Port `JobProjection` of the jobs library. */
export const JOB_PROJECTION = Symbol('JOB_PROJECTION');
/** Port `JobArchive` of the jobs library. */
export const JOB_ARCHIVE = Symbol('JOB_ARCHIVE');
/** Port `WebhookLog` of the jobs library. */
export const WEBHOOK_LOG = Symbol('WEBHOOK_LOG');

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
        { provide: JOB_PROJECTION, inject: [Database], useFactory: (db: Database) => new PostgresJobProjection(db) },
        { provide: JOB_ARCHIVE, inject: [Database], useFactory: (db: Database) => new PostgresJobArchive(db) },
        { provide: WEBHOOK_LOG, inject: [Database], useFactory: (db: Database) => new PostgresWebhookLog(db) },
      ],
      exports: [JOB_PROJECTION, JOB_ARCHIVE, WEBHOOK_LOG],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
