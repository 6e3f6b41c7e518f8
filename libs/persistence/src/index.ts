export { Database, type DatabaseOptions } from './database.js';
export { migrate } from './migrate.js';
export { JOB_ARCHIVE, JOB_PROJECTION, PersistenceModule, WEBHOOK_LOG } from './persistence.module.js';
export { PostgresJobArchive } from './postgres-job-archive.js';
export { PostgresJobProjection } from './postgres-job-projection.js';
export { PostgresWebhookLog } from './postgres-webhook-log.js';
export { rebuildProjection, type RebuildOptions } from './rebuild-projection.js';
