import type { z, ZodError } from 'zod';

interface Issue {
  readonly pointer: string;
  readonly detail: string;
}

/** The issues of a failed validation: each with its place as a JSON Pointer (RFC 6901; empty for the whole). */
export const issuesOf = (error: ZodError): Issue[] => error.issues.flatMap((issue) => explained(issue, []));

/** Of a union, the alternative that was most nearly met tells more than "Invalid input". */
function explained(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): Issue[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
    return [{ pointer: jsonPointer(path), detail: issue.message }];
  }
  const nearest = issue.errors.reduce((best, other) => (distance(other) < distance(best) ? other : best));
  return nearest.flatMap((inner) => explained(inner, path));
}

/** Fields that the alternative does not know, or misses, say that another one was meant. */
const distance = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 10 : 1), 0);

const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
