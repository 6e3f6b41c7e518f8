import type { Command } from 'commander';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { stackKeyPath } from '../stack/read-stack-key.js';
import type { RunningStack } from '../stack/start-stack.js';
import { simulatedNotice } from '../terminal/simulated-notice.js';
import { wholeNumber } from './whole-number.js';

interface UpOptions {
  readonly port?: number;
  readonly workers?: number;
  readonly logs?: boolean;
  readonly simulate?: boolean;
}

const usualPort = 8_080;

export function registerUp(program: Command, run: Run): void {
  program
    .command('up')
    .description('Run the whole stack on this machine until Ctrl-C')
    .option(
      '--port <number>',
      `port of the API (else ${usualPort}, or a free one when that is taken)`,
      wholeNumber(0, 65_535),
    )
    .option('--workers <count>', 'pages read at once (else one a processor)', wholeNumber(1, 256))
    .option('--logs', 'show the logs of the services here instead of keeping them in files')
    .option('--simulate', 'let stand-ins on this machine answer for all models: no key, no bill, all of it marked')
    .addHelpText(
      'after',
      '\nNATS_URL and DATABASE_URL name servers to use instead of embedded ones. Data, logs and the webhook secret stay in\nthe data folder; remove it to start afresh.\n',
    )
    .action(run(up));
}

async function up(session: Session, { port, workers, logs, simulate }: UpOptions): Promise<ExitCode> {
  const dataFolder = session.dataFolder();
  const wishes = {
    dataFolder,
    port: { number: port ?? usualPort, wish: port === undefined ? ('preferred' as const) : ('required' as const) },
    ocrWorkers: workers,
    logs: logs === true ? ('terminal' as const) : ('files' as const),
    models: simulate === true ? ('simulated' as const) : ('configured' as const),
  };
  const { runStack } = await import('../stack/run-stack.js');
  await runStack(session, wishes, async ({ state, key }) => {
    announce(session, { state, key }, logs === true ? undefined : `${dataFolder}/logs`);
    await aborted(session.interruption.signal);
    // The terminal has echoed ^C at the start of the line.
    const { redraws, noteColours } = session.terminal;
    const sentence = 'Stopping; work under way is finished first (Ctrl-C again: at once)';
    session.terminal.note(`${redraws ? '\r' : ''}${noteColours.dim(`· ${sentence}`)}`);
  });
  session.terminal.note(`${session.terminal.noteColours.green('✓')} Stopped`);
  return exitCodes.ok;
}

function announce(
  session: Session,
  { state, key }: Pick<RunningStack, 'state' | 'key'>,
  logFolder: string | undefined,
): void {
  const { terminal } = session;
  const keyPath = stackKeyPath(session.dataFolder());
  terminal.printJson({
    ...state,
    databaseUrl: withoutPassword(state.databaseUrl),
    ...(key === undefined ? {} : { apiKeyFile: keyPath }),
  });
  const { dim, cyan, yellow } = terminal.colours;
  const line = (name: string, value: string): string => `  ${dim(name.padEnd(11))}${value}`;
  const lines = [
    '',
    line('console', cyan(`${state.url}/console/`)),
    line('API', cyan(`${state.url}/v1/jobs`)),
    line('OpenAI API', cyan(`${state.services.gateway.url}/v1`)),
    ...(key === undefined
      ? []
      : [line('API key', key.isNew ? key.text : `${prefixShownOf(key.text)}…`), line('', keyPath)]),
    line('reference', `${state.url}/openapi.json`),
    line('NATS', state.natsUrl),
    line('Postgres', withoutPassword(state.databaseUrl)),
    ...(state.simulator === undefined ? [] : [line('models', yellow(simulatedNotice))]),
    ...(logFolder === undefined ? [] : [line('logs', logFolder)]),
    '',
    line('try', session.commandLine('submit FILE --watch')),
    line('stop', 'Ctrl-C'),
  ];
  terminal.print(lines.join('\n'));
}

const prefixShownOf = (key: string): string => key.slice(0, key.lastIndexOf('_'));

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.password !== '') url.password = '***';
  return url.href;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
