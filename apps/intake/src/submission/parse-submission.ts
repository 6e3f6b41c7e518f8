import { submissionSchema, taskKinds, type Submission, type Tenant } from '@waybill/contracts';
import { StageError } from '@waybill/jobs';
import { issuesOf } from '@waybill/platform';

const shownIssues = 5;

/**
 * A submission as the contract wants it, from whatever a client sent to the tenant's door.
 * @throws StageError `invalid-submission` (with the schema's issues as its cause) or `unknown-task`
 */
export function parseSubmission(raw: unknown, tenant: Tenant): Submission {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new StageError('invalid-submission', 'A submission is a JSON object with documents and a task.');
  }
  refuseUnknownTask(raw);
  refuseOtherTenant(raw, tenant);
  const parsed = submissionSchema.safeParse({ ...raw, tenant });
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error);
  const sentences = issues
    .slice(0, shownIssues)
    .map(({ pointer, detail }) => `${pointer || 'the submission'}: ${detail}`);
  const more = issues.length > shownIssues ? `; and ${issues.length - shownIssues} more` : '';
  throw new StageError('invalid-submission', `The submission is not valid (${sentences.join('; ')}${more}).`, {
    cause: parsed.error,
  });
}

function refuseUnknownTask(raw: object): void {
  const task: unknown = 'task' in raw ? raw.task : undefined;
  if (typeof task !== 'object' || task === null || !('kind' in task) || typeof task.kind !== 'string') return;
  if (taskKinds.some((known) => known === task.kind)) return;
  const kind = task.kind.slice(0, 64);
  throw new StageError('unknown-task', `The task kind "${kind}" is not known; use one of: ${taskKinds.join(', ')}.`);
}

/** The door decides whose the job is; a submission that names somebody else was sent to the wrong one. */
function refuseOtherTenant(raw: object, tenant: Tenant): void {
  const named: unknown = 'tenant' in raw ? raw.tenant : undefined;
  if (named === undefined || named === tenant) return;
  throw new StageError(
    'invalid-submission',
    `The submission names another tenant than its door: the subject or the credential says ${tenant}.`,
  );
}
