import { Option, type Command } from 'commander';
import type { Run } from '../command-runner.js';
import type { ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { describeTask } from '../submission/describe-task.js';
import { parseLanguages } from '../submission/parse-languages.js';

interface InspectOptions {
  readonly task: 'read' | 'extract';
  readonly schema?: string;
  readonly out: string;
  readonly password?: string;
  readonly languages?: string[];
}

const examples = `
Examples:
  waybill inspect receipt.jpg
  waybill inspect scans/ --task read --languages deu+eng --out reports
`;

export function registerInspect(program: Command, run: Run): void {
  program
    .command('inspect <file|folder|glob...>')
    .description('Read documents on this machine, without a stack, and write a report to look at for each')
    .option('--out <folder>', 'where the reports are written', 'waybill-inspect')
    .addOption(new Option('--task <kind>', 'what is wanted of them').choices(['read', 'extract']).default('extract'))
    .option('--schema <name|file>', 'fields to extract: receipt, invoice, or a JSON Schema file')
    .option('--password <text>', 'opens documents that are encrypted')
    .option('--languages <code+...>', 'languages to read, joined with +: eng, or deu+eng', parseLanguages)
    .addHelpText('after', examples)
    .action(run(inspect));
}

async function inspect(session: Session, options: InspectOptions, names: string[]): Promise<ExitCode> {
  const { out, password, languages } = options;
  const task = await describeTask(options, (path) => session.resolvePath(path));
  const { runInspect } = await import('../inspect/run-inspect.js');
  return runInspect(session, {
    ...{ task, names, out },
    ...(password === undefined ? {} : { password }),
    ...(languages === undefined ? {} : { languages }),
  });
}
