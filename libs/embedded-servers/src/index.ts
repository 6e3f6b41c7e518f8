export { createDatabase, dropDatabase } from './create-database.js';
export { EmbeddedServerError } from './embedded-server-error.js';
export { freePort } from './free-port.js';
export { startNatsCluster, type NatsCluster } from './nats-cluster.js';
/** @public */
export { findNatsBinary } from './nats-binary.js';
export { startNatsServer, type NatsServer, type NatsServerOptions } from './nats-server.js';
export { startPostgres, type PostgresOptions } from './postgres-server.js';
/** @public */
export { prepareServers } from './prepare-servers.js';
export { type EmbeddedServer } from './supervised-server.js';
