import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import type { Session } from '../session.js';

export function registerDemo(program: Command, run: Run): void {
  program
    .command('demo [file|folder|glob...]')
    .description('Start a stack, extract fields from sample documents (or your own), show what they say, stop')
    .action(
      run(async (session: Session, _options: object, names: string[]) => {
        const { runDemo } = await import('../demo/run-demo.js');
        return runDemo(session, names);
      }),
    );
}
