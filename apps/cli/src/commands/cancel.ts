import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { statusMark } from '../terminal/status-mark.js';

export function registerCancel(program: Command, run: Run): void {
  program
    .command('cancel <job>')
    .description('Cancel a job: what is not begun is dropped, what runs is aborted')
    .action(
      run(async (session: Session, _options: object, id: string): Promise<ExitCode> => {
        const job = await (await session.client()).cancel(id);
        session.terminal.printJson(job);
        session.terminal.print(`${statusMark(job.status, session.terminal.colours)} ${job.id} ${job.status}`);
        return exitCodes.ok;
      }),
    );
}
