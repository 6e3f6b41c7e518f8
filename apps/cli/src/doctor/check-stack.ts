import { processIsAlive } from '../stack/process-identity.js';
import { readStackState, type StackState } from '../stack/stack-state.js';
import { ApiClient } from '../api/api-client.js';
import { fail, ok, warn, type Finding, type Surroundings } from './finding.js';

const answerWithinMs = 3_000;

/** Whether an embedded stack runs on the data folder, and each of its services says that it is ready. */
export async function checkStack({ dataFolder, commandLine }: Surroundings): Promise<Finding | Finding[]> {
  const state = await readStackState(dataFolder);
  if (state === undefined) return ok('stack', `none runs on ${dataFolder}; \`${commandLine('up')}\` starts one`);
  if (!processIsAlive(state.pid)) {
    return warn(
      'stack',
      'the last one ended without putting its things in order',
      `Run \`${commandLine('up')}\`; it takes them over.`,
    );
  }
  const services = await Promise.all(
    Object.entries(state.services).map(([name, service]) => checkService(name, service)),
  );
  return [ok('stack', `runs at ${state.url} (process ${state.pid})`), ...services];
}

async function checkService(
  name: string,
  { url }: StackState['services'][keyof StackState['services']],
): Promise<Finding> {
  const client = new ApiClient(url);
  try {
    const status = await client.readiness(AbortSignal.timeout(answerWithinMs));
    return status === 200
      ? ok(name, `ready at ${url}`)
      : fail(name, `not ready at ${url} (status ${status})`, `See what ${url}/readyz says, and the service's log.`);
  } catch {
    return fail(name, `does not answer at ${url}`, 'It may be restarting; see its log in the data folder.');
  } finally {
    await client.close();
  }
}
