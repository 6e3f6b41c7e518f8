import type { Task, TaskKind } from '@waybill/contracts';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';
import { readSchema } from './read-schema.js';

/**
 * The task that `--task` and `--schema` name.
 * @throws CliError `usage`, or as `readSchema`
 */
export async function describeTask(
  { task, schema }: { readonly task: TaskKind; readonly schema?: string },
  resolvePath: (path: string) => string,
): Promise<Task> {
  if (task === 'extract') {
    return { kind: 'extract', ...(schema === undefined ? {} : { schema: await readSchema(schema, resolvePath) }) };
  }
  if (schema === undefined) return { kind: task };
  throw new CliError(exitCodes.usage, `--schema goes with --task extract, not with --task ${task}.`);
}
