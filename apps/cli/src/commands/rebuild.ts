import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { count } from '../terminal/format-event.js';
import { StepLine } from '../terminal/step-line.js';

export function registerRebuild(program: Command, run: Run): void {
  program
    .command('rebuild')
    .description('Tell the database anew from the event stream; services may run meanwhile')
    .action(run(rebuild));
}

async function rebuild(session: Session): Promise<ExitCode> {
  const { stackEnvironment } = await import('../stack/stack-environment.js');
  const { rebuildStack } = await import('../stack/rebuild-stack.js');
  const { terminal } = session;
  const environment = await stackEnvironment(session);
  const line = new StepLine(terminal);
  try {
    const done = await rebuildStack(environment, (recorded) => line.update(`${count(recorded, 'event')} recorded`));
    line.done(`${count(done.recorded, 'event')} recorded`);
    terminal.printJson(done);
    for (const reason of done.refused) line.trouble(reason);
    return done.refused.length === 0 ? exitCodes.ok : exitCodes.jobFailed;
  } finally {
    line.close();
  }
}
