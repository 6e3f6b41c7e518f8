import type { SubmissionInput } from '@waybill/contracts';

export interface SubmissionWishes {
  readonly task: 'extract' | 'read';
  /** A built-in schema, or empty for the one that the document's kind chooses. */
  readonly schema: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly fileName: string;
}

/** What is sent beside a file: the part is named `file`. */
export function submissionOf({ task, schema, tags, fileName }: SubmissionWishes): SubmissionInput {
  const named = tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return {
    task:
      task === 'read'
        ? { kind: 'read' }
        : { kind: 'extract', ...(schema === 'receipt' || schema === 'invoice' ? { schema } : {}) },
    documents: [{ upload: 'file', name: fileName }],
    ...(named.length > 0 ? { tags: [...new Set(named)] } : {}),
  };
}
