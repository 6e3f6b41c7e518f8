import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import type { Session } from '../session.js';

export function registerDemo(program: Command, run: Run): void {
  program
    .command('demo [file|folder|glob...]')
    .description('Start a stack, extract fields from sample documents (or your own), show what they say, stop')
    .option('--simulate', 'let stand-ins on this machine answer for all models: no key, no bill, all of it marked')
    .action(
      run(async (session: Session, { simulate }: { simulate?: boolean }, names: string[]) => {
        const { runDemo } = await import('../demo/run-demo.js');
        return runDemo(session, names, simulate === true ? 'simulated' : 'configured');
      }),
    );
}
