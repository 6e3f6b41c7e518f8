import { jobIdSchema, type JobId } from '@waybill/contracts';
import { newJobId } from '@waybill/jobs';
import { CliError } from '../cli-error.js';
import { exitCodes } from '../exit-code.js';

/** Which of how many files an id is for. `index` counts from 0. */
export interface FilePosition {
  readonly name: string;
  readonly index: number;
  readonly total: number;
}

/**
 * The id of one file's job: the template with `{name}` (the file's name without its ending) and `{n}` (its place,
 * from 1) filled in, or a new id without one. The id is chosen here so that a repeated request is the same job.
 * @throws CliError `usage` for a template that gives several files one id or makes an id that is not allowed
 */
export function jobIdForFile(template: string | undefined, { name, index, total }: FilePosition): JobId {
  if (template === undefined) return newJobId();
  if (total > 1 && !/\{(name|n)\}/.test(template)) {
    throw new CliError(
      exitCodes.usage,
      `--id ${template} would give ${total} files the same id; put {name} or {n} into it.`,
    );
  }
  const plainName = name.replace(/\.[^.]+$/, '').replace(/[^A-Za-z0-9_-]+/g, '-');
  const id = template.replaceAll('{name}', plainName).replaceAll('{n}', `${index + 1}`);
  const parsed = jobIdSchema.safeParse(id);
  if (parsed.success) return parsed.data;
  throw new CliError(
    exitCodes.usage,
    `--id gives ${id}, which is not a job id; use 1-64 letters, digits, hyphens or underscores.`,
  );
}
