export { TableBackup, type SavedTable } from './backup/table-backup.js';
export { PostgresBatchBook } from './batches/postgres-batch-book.js';
export { PostgresFileShelf } from './batches/postgres-file-shelf.js';
export { PostgresChatReceipts } from './chats/postgres-chat-receipts.js';
export { Database, type DatabaseOptions } from './database.js';
export { PostgresKeyBook } from './identity/postgres-key-book.js';
export { migrate } from './migrate.js';
export { PostgresAllowanceBook } from './money/postgres-allowance-book.js';
export { PostgresBudgetBook } from './money/postgres-budget-book.js';
export { PostgresLeaseBook } from './money/postgres-lease-book.js';
export { PostgresPurse } from './money/postgres-purse.js';
export { PostgresUsageBook } from './money/postgres-usage-book.js';
export {
  ALLOWANCE_BOOK,
  BATCH_BOOK,
  BUDGET_BOOK,
  CHAT_RECEIPT_BOOK,
  FILE_SHELF,
  JOB_ARCHIVE,
  JOB_PROJECTION,
  JOB_STATISTICS,
  KEY_STORE,
  LEASE_BOOK,
  OPERATOR_NUMBERS,
  PersistenceModule,
  PURSE,
  RECORD_ERASER,
  RETENTION_BOOK,
  USAGE_BOOK,
  WEBHOOK_LOG,
} from './persistence.module.js';
export { PostgresJobArchive } from './postgres-job-archive.js';
export { PostgresJobProjection } from './postgres-job-projection.js';
export { PostgresRetentionBook } from './postgres-retention-book.js';
export { PostgresRecordEraser } from './postgres-record-eraser.js';
export { PostgresWebhookLog } from './postgres-webhook-log.js';
export { rebuildProjection, type RebuildOptions } from './rebuild-projection.js';
