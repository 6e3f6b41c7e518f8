import type { SubmissionInput, Task, TaskKind } from '@waybill/contracts';

export interface SubmissionWishes {
  readonly task: TaskKind;
  /** A built-in schema, or empty for the one that the document's kind chooses. */
  readonly schema: string;
  /** The question of `answer`, the message of `chat`. */
  readonly question: string;
  /** Separated by commas. */
  readonly tags: string;
  readonly fileName: string;
}

/** What is sent beside a file: the part is named `file`. */
export function submissionOf(wishes: SubmissionWishes): SubmissionInput {
  const named = wishes.tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return {
    task: taskOf(wishes),
    documents: [{ upload: 'file', name: wishes.fileName }],
    ...(named.length > 0 ? { tags: [...new Set(named)] } : {}),
  };
}

function taskOf({ task: kind, schema, question }: SubmissionWishes): Task {
  switch (kind) {
    case 'extract':
      return { kind, ...(schema === 'receipt' || schema === 'invoice' ? { schema } : {}) };
    case 'answer':
      return { kind, question };
    case 'chat':
      return { kind, messages: [{ role: 'user', text: question }] };
    default:
      return { kind };
  }
}
