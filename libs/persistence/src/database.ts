import type { Pool } from 'pg';
import { DataSource, type Driver, type EntityManager } from 'typeorm';
import { translateDatabaseError } from './database-error.js';
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

/** SQL with the name that it is prepared under, once a connection: planning a large statement costs as much as running it. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Runs one statement and gives its rows. */
export type Execute = <Row extends object>(
  statement: string | PreparedStatement,
  values: readonly unknown[],
) => Promise<Row[]>;

export interface DatabaseOptions {
  /** Connections that one process holds at most. */
  readonly poolSize?: number;
  /** How long to wait for a connection. Short: readers have another place to look. */
  readonly connectTimeoutMs?: number;
  /** How long one statement may take before its connection is given up. */
  readonly statementTimeoutMs?: number;
}

const defaults: Required<DatabaseOptions> = { poolSize: 10, connectTimeoutMs: 2_000, statementTimeoutMs: 20_000 };

/**
 * Every statement looks rows up by an index. Left to its statistics, which lag behind a table that grows by thousands
 * of rows a second, the planner reads whole tables to join a handful of keys. For the same reason a prepared statement is
 * planned once, not for each set of values.
 */
const lookUpByKey =
  '-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c plan_cache_mode=force_generic_plan';

/**
 * The way to Postgres of one process. It connects at the first use and again after a failure, so that a service starts,
 * and goes on, while Postgres is away. Every failure leaves here translated: `unavailable` (retryable), or a bug.
 */
export class Database {
  private connecting: Promise<DataSource> | undefined;
  private readonly options: Required<DatabaseOptions>;

  constructor(
    readonly url: string,
    options: DatabaseOptions = {},
  ) {
    this.options = { ...defaults, ...options };
  }

  /** Runs statements outside a transaction. */
  async run<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return await this.translated(async () => await work((await this.connected()).manager));
  }

  /** Runs one statement on a connection of the pool, past TypeORM, which has no prepared statements. */
  readonly execute: Execute = <Row extends object>(statement: string | PreparedStatement, values: readonly unknown[]) =>
    this.translated(async () => {
      const { master } = (await this.connected()).driver as Driver & { readonly master: Pool };
      const query = typeof statement === 'string' ? { text: statement } : statement;
      return (await master.query<Row>({ ...query, values: [...values] })).rows;
    });

  /** Runs statements in one transaction (read committed). */
  async transaction<Result>(work: (execute: Execute) => Promise<Result>): Promise<Result> {
    return await this.translated(async () =>
      (await this.connected()).transaction((manager) =>
        work((statement, values) =>
          manager.query(typeof statement === 'string' ? statement : statement.text, [...values]),
        ),
      ),
    );
  }

  /** The TypeORM data source, connected. */
  async connected(): Promise<DataSource> {
    this.connecting ??= this.dataSource().initialize();
    try {
      return await this.connecting;
    } catch (error) {
      this.connecting = undefined;
      throw translateDatabaseError(error, this.url);
    }
  }

  /** Closes all connections. May be called twice; a later use connects again. */
  async close(): Promise<void> {
    const open = this.connecting;
    this.connecting = undefined;
    const source = await open?.catch(() => undefined);
    await source?.destroy();
  }

  private async translated<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw translateDatabaseError(error, this.url);
    }
  }

  private dataSource(): DataSource {
    return new DataSource({
      type: 'postgres',
      url: this.url,
      applicationName: 'waybill',
      entities: [
        JobEntity,
        PageEntity,
        ResultEntity,
        LedgerEntryEntity,
        SpendingEntity,
        ReservationEntity,
        BudgetEntity,
        WebhookDeliveryEntity,
        ApiKeyEntity,
        PurgeEntity,
        RetentionDateEntity,
      ],
      migrations: [
        CreateProjection1772323200000,
        CountJobRevisions1779408000000,
        CreateMoney1779494400000,
        CreateIdentity1779580800000,
        MarkSimulatedCalls1779667200000,
        CreateBatches1779840000000,
        CreatePurges1779926400000,
        CreateRetention1780012800000,
      ],
      migrationsTableName: 'waybill_migrations',
      synchronize: false,
      logging: false,
      uuidExtension: 'pgcrypto',
      installExtensions: false,
      poolSize: this.options.poolSize,
      connectTimeoutMS: this.options.connectTimeoutMs,
      // A connection that breaks while idle is the pool's business; the next use gets another.
      poolErrorHandler: () => undefined,
      extra: {
        query_timeout: this.options.statementTimeoutMs,
        idleTimeoutMillis: 30_000,
        keepAlive: true,
        options: lookUpByKey,
      },
    });
  }
}
