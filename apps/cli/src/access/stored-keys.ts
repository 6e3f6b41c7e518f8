/** In a file of its own, so that only who looks after keys loads what speaks to Postgres. */
export { Database, PostgresKeyBook } from '@waybill/persistence';
