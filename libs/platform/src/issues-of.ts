import type { ZodError } from 'zod';

/** The issues of a failed validation: each with its place as a JSON Pointer (RFC 6901; empty for the whole). */
export const issuesOf = (error: ZodError): { pointer: string; detail: string }[] =>
  error.issues.map((issue) => ({ pointer: jsonPointer(issue.path), detail: issue.message }));

const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
