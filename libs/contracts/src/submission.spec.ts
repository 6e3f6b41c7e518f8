import { describe, expect, it } from '@jest/globals';
import { submissionSchema } from './submission.js';

const inline = Buffer.from('hello').toString('base64');
const valid = { tenant: 'acme', documents: [{ inline }], task: { kind: 'read' } };
const problemPaths = (value: unknown): string[] => {
  const parsed = submissionSchema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
};

describe('submission', () => {
  it('needs only a document and a task', () => {
    const parsed = submissionSchema.parse({ documents: [{ inline }], task: { kind: 'extract' } });
    expect(parsed).toMatchObject({ tenant: 'default', routing: {} });
  });

  it('takes a document from each door', () => {
    const documents = [{ inline }, { object: 'a/b.pdf' }, { url: 'https://example.org/a.pdf' }, { upload: 'file' }];
    expect(problemPaths({ ...valid, documents })).toEqual([]);
  });

  it('takes a schema by name or as JSON Schema', () => {
    expect(problemPaths({ ...valid, task: { kind: 'extract', schema: 'receipt' } })).toEqual([]);
    expect(problemPaths({ ...valid, task: { kind: 'extract', schema: { type: 'object' } } })).toEqual([]);
    expect(problemPaths({ ...valid, task: { kind: 'extract', schema: 'passport' } })).toEqual(['task.schema']);
  });

  it('knows every kind of task, and what each needs', () => {
    const problemsOf = (task: object) => problemPaths({ ...valid, task });
    expect(problemsOf({ kind: 'classify', labels: ['letter', 'bill'] })).toEqual([]);
    expect(problemsOf({ kind: 'classify', labels: ['letter', 'letter'] })).toEqual(['task.labels']);
    expect(problemsOf({ kind: 'answer', question: 'Who?' })).toEqual([]);
    expect(problemsOf({ kind: 'answer' })).toEqual(['task.question']);
    expect(problemsOf({ kind: 'chart', pages: [0] })).toEqual(['task.pages.0']);
    const messages = [{ role: 'assistant', text: 'Yes.' }];
    expect(problemsOf({ kind: 'chat', messages })).toEqual(['task.messages']);
  });

  it.each([
    ['no documents', { ...valid, documents: [] }, 'documents'],
    ['a document from two doors', { ...valid, documents: [{ inline, object: 'a' }] }, 'documents.0'],
    ['text that is not base64', { ...valid, documents: [{ inline: 'not base64!' }] }, 'documents.0.inline'],
    ['a file address', { ...valid, documents: [{ url: 'file:///etc/passwd' }] }, 'documents.0.url'],
    ['an unknown task', { ...valid, task: { kind: 'guess' } }, 'task.kind'],
    ['an id that is no subject token', { ...valid, id: 'a.b' }, 'id'],
    ['a tenant that is no subject token', { ...valid, tenant: 'a.>' }, 'tenant'],
    ['a negative price', { ...valid, routing: { maxCostUsd: -1 } }, 'routing.maxCostUsd'],
    ['a word it does not know', { ...valid, urgency: 'high' }, ''],
  ])('refuses %s', (_name, value, path) => {
    expect(problemPaths(value)).toContain(path);
  });
});
