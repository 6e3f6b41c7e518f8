import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import { describeRoute } from '../route/describe-route.js';
import type { Session } from '../session.js';

export function registerRoute(program: Command, run: Run): void {
  program
    .command('route <job>')
    .description('Show how a finished job was routed: who was asked for what, why, and what it cost')
    .action(run(showRoute));
}

async function showRoute(session: Session, _options: object, id: string): Promise<ExitCode> {
  const client = await session.client();
  const route = await client.route(id);
  session.terminal.printJson(route);
  session.terminal.print(describeRoute(route, session.terminal.colours));
  return exitCodes.ok;
}
