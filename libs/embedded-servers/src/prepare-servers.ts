import type { ReportProgress } from './install-package.js';
import { findNatsBinary } from './nats-binary.js';
import { findPostgresBinaries } from './postgres-binaries.js';

export interface ServersNeeded {
  readonly nats: boolean;
  readonly postgres: boolean;
}

/**
 * Installs the servers that will be needed, so that starting them later is quick. What is there already is kept.
 * @public The bootstrap calls it in the built project.
 * @throws EmbeddedServerError, a sentence, when one cannot be had.
 */
export async function prepareServers(needed: ServersNeeded, report?: ReportProgress): Promise<void> {
  if (needed.nats) await findNatsBinary(report);
  if (needed.postgres) await findPostgresBinaries(report);
}
