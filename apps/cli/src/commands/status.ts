import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { describeJob } from '../terminal/describe-job.js';

export function registerStatus(program: Command, run: Run): void {
  program
    .command('status <job>')
    .description('Show how far a job is')
    .action(
      run(async (session: Session, _options: object, id: string): Promise<ExitCode> => {
        const job = await (await session.client()).job(id);
        session.terminal.printJson(job);
        session.terminal.print(describeJob(job, session.terminal.colours));
        return exitCodes.ok;
      }),
    );
}
