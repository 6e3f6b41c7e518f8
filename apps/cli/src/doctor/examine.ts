import { ConfigurationError, loadEnvironment, type Environment } from '@waybill/platform';
import { projectFolder, type Session } from '../session.js';
import { runningStack } from '../stack/running-stack.js';
import { checkBuild } from './check-build.js';
import { checkConfiguration } from './check-configuration.js';
import { checkDisk } from './check-disk.js';
import { checkDocumentStore } from './check-document-store.js';
import { checkLanguageData } from './check-language-data.js';
import { checkNats } from './check-nats.js';
import { checkNode } from './check-node.js';
import { checkPostgres } from './check-postgres.js';
import { checkStack } from './check-stack.js';
import type { Check, Finding, Surroundings } from './finding.js';

const checks: readonly Check[] = [
  checkNode,
  checkBuild,
  checkConfiguration,
  checkLanguageData,
  checkDisk,
  checkNats,
  checkPostgres,
  checkDocumentStore,
  checkStack,
];

/** Every finding, in the order of the checks. */
export async function examine(session: Session): Promise<Finding[]> {
  const surroundings = await surroundingsOf(session);
  return (await Promise.all(checks.map((check) => check(surroundings)))).flat();
}

async function surroundingsOf(session: Session): Promise<Surroundings> {
  const variables = session.host.environment;
  const dataFolder = session.dataFolder();
  const running = await runningStack(dataFolder);
  return {
    variables,
    environment: usableEnvironment(variables),
    servers: {
      natsUrl: variables.NATS_URL || running?.natsUrl,
      databaseUrl: variables.DATABASE_URL || running?.databaseUrl,
    },
    projectFolder,
    dataFolder,
    commandLine: (rest) => session.commandLine(rest),
  };
}

/** A wrong variable is one finding of its own; the other checks go on with the defaults. */
function usableEnvironment(variables: Surroundings['variables']): Environment {
  try {
    return loadEnvironment(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return loadEnvironment({});
    throw error;
  }
}
