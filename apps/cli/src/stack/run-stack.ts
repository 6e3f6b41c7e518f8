import { join } from 'node:path';
import { projectFolder, type Session } from '../session.js';
import { formatDuration } from '../terminal/format-duration.js';
import { StepLine } from '../terminal/step-line.js';
import { startStack, type RunningStack, type StackOptions } from './start-stack.js';

export type StackWishes = Pick<StackOptions, 'dataFolder' | 'port' | 'ocrWorkers' | 'logs' | 'models'>;

/**
 * Starts a stack in sight of the user, lets `work` use it, and stops it whatever happens. `work` hears of Ctrl-C by the
 * session's interruption; a second Ctrl-C ends the services without letting them finish.
 */
export async function runStack<Answer>(
  session: Session,
  wishes: StackWishes,
  work: (stack: RunningStack) => Promise<Answer>,
): Promise<Answer> {
  const line = new StepLine(session.terminal);
  const startedAtMs = performance.now();
  const { signal } = session.interruption;
  let stack: RunningStack;
  try {
    stack = await startStack({
      ...wishes,
      appsFolder: join(projectFolder, 'dist', 'apps'),
      environment: session.host.environment,
      report: line,
      signal,
    });
    line.done(`Waybill is up in ${formatDuration(performance.now() - startedAtMs)}`);
  } finally {
    line.close();
  }
  session.interruption.onImpatience = () => void stack.stopAtOnce();
  try {
    return await work(stack);
  } finally {
    await stack.stop();
  }
}
