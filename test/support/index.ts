export { signal, type Signal } from './signal.js';
export { createAuthority, type TestAuthority, type TestCertificate } from './certificates.js';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { startTestNats } from './test-nats.js';
export { startTestNatsCluster } from './test-nats-cluster.js';
export { startTestPostgres } from './test-postgres.js';
export { startService, type ProcessEnding, type ServiceOptions, type TestService } from './test-service.js';
export { runWaybill, startStack, type StackOptions, type TestStack } from './test-stack.js';
