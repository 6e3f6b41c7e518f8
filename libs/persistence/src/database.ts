import { Pool, type PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { translateDatabaseError } from './database-error.js';
import type { Entities } from './data-source.js';

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
 * Statements go over a pool of its own. TypeORM is brought in for those who ask for entities or migrations, over the same
 * connections: it takes megabytes, and a gateway needs none of it.
 */
export class Database {
  private pool: Pool | undefined;
  private connecting: Promise<Mapped> | undefined;
  private readonly options: Required<DatabaseOptions>;

  constructor(
    readonly url: string,
    options: DatabaseOptions = {},
  ) {
    this.options = { ...defaults, ...options };
  }

  /** Works with entities outside a transaction. */
  async run<Result>(work: (manager: EntityManager, entities: Entities) => Promise<Result>): Promise<Result> {
    return await this.translated(async () => {
      const { source, entities } = await this.mapped();
      return await work(source.manager, entities);
    });
  }

  /** Runs one statement on a connection of the pool. */
  readonly execute: Execute = <Row extends object>(statement: string | PreparedStatement, values: readonly unknown[]) =>
    this.translated(async () => (await this.opened().query<Row>(queryOf(statement, values))).rows);

  /** Runs statements in one transaction (read committed). */
  async transaction<Result>(work: (execute: Execute) => Promise<Result>): Promise<Result> {
    return await this.translated(async () => {
      const client = await this.opened().connect();
      // A connection that breaks fails the statement that is under way; without a listener it would end the process.
      client.on('error', ignore);
      try {
        const result = await committed(client, work);
        client.off('error', ignore).release();
        return result;
      } catch (error) {
        // Undone by its end: nobody goes on with a connection of which it is not known what it is in.
        client.release(error as Error);
        throw error;
      }
    });
  }

  /** The TypeORM data source, connected. */
  async connected(): Promise<DataSource> {
    return (await this.mapped()).source;
  }

  /** Closes all connections. May be called twice; a later use connects again. */
  async close(): Promise<void> {
    const { connecting, pool } = this;
    this.connecting = undefined;
    this.pool = undefined;
    const mapped = await connecting?.catch(() => undefined);
    // It ends the pool that it was given.
    if (mapped) await mapped.source.destroy();
    else if (!pool?.ending) await pool?.end();
  }

  private async mapped(): Promise<Mapped> {
    this.connecting ??= this.openSource();
    try {
      return await this.connecting;
    } catch (error) {
      this.connecting = undefined;
      throw translateDatabaseError(error, this.url);
    }
  }

  private async openSource(): Promise<Mapped> {
    const { openDataSource, entities } = await import('./data-source.js');
    return { source: await openDataSource(this.opened()), entities };
  }

  private async translated<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw translateDatabaseError(error, this.url);
    }
  }

  private opened(): Pool {
    // TypeORM ends the pool when it cannot begin.
    if (this.pool && !this.pool.ending) return this.pool;
    const { poolSize, connectTimeoutMs, statementTimeoutMs } = this.options;
    this.pool = new Pool({
      connectionString: this.url,
      application_name: 'waybill',
      max: poolSize,
      connectionTimeoutMillis: connectTimeoutMs,
      query_timeout: statementTimeoutMs,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      options: lookUpByKey,
    });
    // A connection that breaks while idle is the pool's business; the next use gets another.
    this.pool.on('error', ignore);
    return this.pool;
  }
}

interface Mapped {
  readonly source: DataSource;
  readonly entities: Entities;
}

const ignore = (): void => undefined;

const queryOf = (statement: string | PreparedStatement, values: readonly unknown[]) =>
  typeof statement === 'string'
    ? { text: statement, values: [...values] }
    : { name: statement.name, text: statement.text, values: [...values] };

async function committed<Result>(client: PoolClient, work: (execute: Execute) => Promise<Result>): Promise<Result> {
  await client.query('BEGIN');
  const result = await work(
    async <Row extends object>(statement: string | PreparedStatement, values: readonly unknown[]) => {
      return (await client.query<Row>(queryOf(statement, values))).rows;
    },
  );
  await client.query('COMMIT');
  return result;
}
