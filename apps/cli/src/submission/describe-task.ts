import type { Task, TaskKind } from '@waybill/contracts';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { parsePages } from './parse-pages.js';
import { readSchema } from './read-schema.js';

/** The options that a task is described by. */
export interface TaskOptions {
  readonly task: TaskKind;
  readonly schema?: string;
  readonly label?: readonly string[];
  readonly question?: string;
  readonly message?: string;
  readonly pages?: string;
  readonly instructions?: string;
}
type Own = Exclude<keyof TaskOptions, 'task' | 'instructions'>;

/** Which options go with which kinds of task. */
const owners: Readonly<Record<Own, readonly TaskKind[]>> = {
  schema: ['extract'],
  label: ['classify'],
  question: ['answer'],
  message: ['chat'],
  pages: ['describe', 'chart'],
};

/**
 * The task that `--task` and the options beside it name.
 * @throws CliError `usage`, or as `readSchema`
 */
export async function describeTask(options: TaskOptions, resolvePath: (path: string) => string): Promise<Task> {
  const { task, instructions } = options;
  for (const [option, kinds] of Object.entries(owners) as [Own, readonly TaskKind[]][]) {
    if (options[option] === undefined || kinds.includes(task)) continue;
    throw new CliError(exitCodes.usage, `--${option} goes with --task ${kinds.join(' or ')}, not with --task ${task}.`);
  }
  return { ...(await ownPart(options, resolvePath)), ...(instructions === undefined ? {} : { instructions }) };
}

async function ownPart(options: TaskOptions, resolvePath: (path: string) => string): Promise<Task> {
  const { task: kind, schema, label, question, message, pages } = options;
  switch (kind) {
    case 'extract':
      return { kind, ...(schema === undefined ? {} : { schema: await readSchema(schema, resolvePath) }) };
    case 'classify':
      return { kind, ...(label === undefined ? {} : { labels: severalLabels(label) }) };
    case 'answer':
      return { kind, question: needed(question, '--question') };
    case 'chat':
      return { kind, messages: [{ role: 'user', text: needed(message, '--message') }] };
    case 'describe':
    case 'chart':
      return { kind, ...(pages === undefined ? {} : { pages: parsePages(pages) }) };
    case 'read':
      return { kind };
  }
}

function needed(text: string | undefined, option: string): string {
  if (text?.trim()) return text;
  throw new CliError(exitCodes.usage, `Say with ${option} what is to be asked.`);
}

function severalLabels(labels: readonly string[]): string[] {
  if (labels.length > 1) return [...labels];
  throw new CliError(exitCodes.usage, 'Give at least two labels: --label letter --label bill.');
}
