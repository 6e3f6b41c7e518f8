import { processIsAlive } from './process-identity.js';
import { readStackState, type StackState } from './stack-state.js';

/** The stack that runs on a data folder now; a state left by one that was killed does not count. */
export async function runningStack(folder: string): Promise<StackState | undefined> {
  const state = await readStackState(folder);
  return state !== undefined && processIsAlive(state.pid) ? state : undefined;
}
