import { Option, type Command } from 'commander';
import { taskKinds, tenantSchema, type SubmissionInput } from '@waybill/contracts';
import { CliError } from '../cli-error.js';
import type { Run } from '../command-runner.js';
import { exitCodes, type ExitCode } from '../exit-code.js';
import type { Session } from '../session.js';
import { describeTask, type TaskOptions } from '../submission/describe-task.js';
import { findDocuments } from '../submission/find-documents.js';
import { jobIdForFile } from '../submission/job-id-for-file.js';
import { parseDeadline } from '../submission/parse-deadline.js';
import { parseLanguages } from '../submission/parse-languages.js';
import { reportSubmission } from '../submission/report-submission.js';
import { submitFiles, type FileToSubmit } from '../submission/submit-files.js';
import { exitCodeOf } from '../submission/submitted-job.js';
import { chooseProgressBoard } from '../terminal/choose-progress-board.js';

interface SubmitOptions extends TaskOptions {
  readonly id?: string;
  readonly tag?: string[];
  readonly languages?: string[];
  readonly deadline?: string;
  readonly callback?: string;
  readonly tenant?: string;
  readonly watch?: boolean;
  readonly wait?: boolean;
}

const examples = `
Examples:
  waybill submit receipt.jpg --task extract --watch
  waybill submit contract.pdf --task answer --question 'How long is the period of notice?' --watch
  waybill submit scans/ 'more/**/*.tif' --task read --tag archive --id 'scan-{name}'
`;

export function registerSubmit(program: Command, run: Run): void {
  program
    .command('submit <file|folder|glob...>')
    .description('Submit documents, one job a file')
    .addOption(new Option('--task <kind>', 'what is wanted of them').choices(taskKinds).default('extract'))
    .option('--schema <name|file>', 'fields to extract: receipt, invoice, or a JSON Schema file')
    .option('--label <label>', 'for classify: a label (several)', gather)
    .option('--question <text>', 'for answer: what the documents are asked')
    .option('--message <text>', 'for chat: what is said about the documents')
    .option('--pages <list>', 'for describe and chart: the pages that are meant, as 1,3-5')
    .option('--instructions <text>', 'what models are told besides')
    .option('--id <id>', 'the job id, which makes a repeat harmless; {name} and {n} tell several files apart')
    .option('--tag <tag>', 'a tag to find the jobs by (may be repeated)', gather)
    .option('--languages <code+...>', 'languages to read, joined with +: eng, or deu+eng', parseLanguages)
    .option('--deadline <time>', 'when the jobs expire: 90s, 10m, 2h, 1d, or a moment')
    .option('--callback <address>', 'where the final state is posted')
    .option('--watch', 'show each page until the jobs have ended')
    .option('--wait', 'wait until the jobs have ended')
    .addHelpText('after', examples)
    .action(run(submit));
}

const gather = (one: string, before: string[] = []): string[] => [...before, one];

async function submit(session: Session, options: SubmitOptions, names: string[]): Promise<ExitCode> {
  const resolvePath = (path: string): string => session.resolvePath(path);
  const submission = await describeSubmission(options, resolvePath);
  const found = await findDocuments(names, resolvePath);
  const files = found.map((file, index): FileToSubmit => {
    return { file, id: jobIdForFile(options.id, { name: file.name, index, total: found.length }) };
  });
  refuseSameIds(files);
  const client = await session.client();
  const following = options.watch === true || options.wait === true;
  const labels = found.map(({ name }) => name);
  const board = chooseProgressBoard(session.terminal, labels, options.watch === true ? 'events' : 'endings');
  const plan = { files, submission, until: following ? ('ended' as const) : ('accepted' as const) };
  const jobs = await submitFiles(client, plan, board, session.interruption.signal).finally(() => board.close());
  reportSubmission(session, jobs);
  return exitCodeOf(jobs, session.interruption.received);
}

async function describeSubmission(
  options: SubmitOptions,
  resolvePath: (path: string) => string,
): Promise<Omit<SubmissionInput, 'documents' | 'id'>> {
  const task = await describeTask(options, resolvePath);
  return {
    task,
    ...(options.tenant === undefined ? {} : { tenant: parseTenant(options.tenant) }),
    ...(options.tag === undefined ? {} : { tags: options.tag }),
    ...(options.languages === undefined ? {} : { reading: { languages: options.languages } }),
    ...(options.deadline === undefined ? {} : { routing: { deadline: parseDeadline(options.deadline, new Date()) } }),
    ...(options.callback === undefined ? {} : { callback: { url: options.callback } }),
  };
}

function parseTenant(text: string): string {
  const parsed = tenantSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new CliError(exitCodes.usage, `--tenant ${text} is not a tenant: ${parsed.error.issues[0]?.message ?? ''}.`);
}

function refuseSameIds(files: readonly FileToSubmit[]): void {
  const seen = new Map<string, string>();
  for (const { file, id } of files) {
    const other = seen.get(id);
    if (other !== undefined) {
      throw new CliError(exitCodes.usage, `--id gives ${other} and ${file.path} the same id ${id}; put {n} into it.`);
    }
    seen.set(id, file.path);
  }
}
