export { temporaryFolder, type TemporaryFolder } from './temporary-folder.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { startTestNats } from './test-nats.js';
export { startTestPostgres } from './test-postgres.js';
