import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { count } from '../terminal/format-event.js';

export function registerProvision(program: Command, run: Run): void {
  program
    .command('provision')
    .description('Create or update the streams of NATS_URL and the tables of DATABASE_URL')
    .action(run(provision));
}

async function provision(session: Session): Promise<ExitCode> {
  const { stackEnvironment } = await import('../stack/stack-environment.js');
  const { provisionStack } = await import('../stack/provision-stack.js');
  const provisioned = await provisionStack(await stackEnvironment(session));
  const { terminal } = session;
  terminal.printJson(provisioned);
  const tick = terminal.colours.green('✓');
  const { streams, migrations } = provisioned;
  terminal.print(`${tick} ${count(streams.length, 'stream')} with their consumers as their contracts say`);
  terminal.print(
    `${tick} ${migrations.length === 0 ? 'tables were up to date' : `${count(migrations.length, 'migration')} applied: ${migrations.join(', ')}`}`,
  );
  return exitCodes.ok;
}
