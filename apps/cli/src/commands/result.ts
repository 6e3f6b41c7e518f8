import { Option, type Command } from 'commander';
import type { Run } from '../command-runner.js';
import type { ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { exitCodeOfStatuses } from '../submission/submitted-job.js';
import { describeResult } from '../terminal/describe-result.js';

const formats = ['summary', 'json', 'markdown', 'html', 'text', 'csv'] as const;

interface ResultOptions {
  readonly format: (typeof formats)[number];
}

export function registerResult(program: Command, run: Run): void {
  program
    .command('result <job>')
    .description('Show what a finished job came to')
    .addOption(new Option('--format <format>', 'how to show it').choices(formats).default('summary'))
    .action(run(showResult));
}

async function showResult(session: Session, { format }: ResultOptions, id: string): Promise<ExitCode> {
  const client = await session.client();
  const { terminal } = session;
  if (format === 'summary' || format === 'json') {
    const result = await client.result(id);
    if (terminal.json || format === 'json') terminal.write(JSON.stringify(result, null, 2));
    else terminal.print(describeResult(result, terminal.colours));
    return exitCodeOfStatuses([result.status]);
  }
  const [{ status }, content] = await Promise.all([client.job(id), client.rendered(id, format)]);
  if (terminal.json) terminal.printJson({ id, status, format, content });
  else terminal.write(content);
  return exitCodeOfStatuses([status]);
}
