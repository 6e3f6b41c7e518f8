import { describe, expect, it } from '@jest/globals';
import { submissionSchema } from '@waybill/contracts';
import { submissionOf } from './submission-of.js';

describe('what is sent beside a file', () => {
  it('is a submission', () => {
    const submission = submissionOf({
      task: 'extract',
      schema: 'receipt',
      question: '',
      tags: ' a, b ,,a',
      fileName: 'x.png',
    });
    expect(submissionSchema.parse(submission)).toMatchObject({
      task: { kind: 'extract', schema: 'receipt' },
      tags: ['a', 'b'],
      documents: [{ upload: 'file', name: 'x.png' }],
    });
  });
  it('says nothing that was not wished', () => {
    expect(submissionOf({ task: 'read', schema: 'receipt', question: '', tags: '', fileName: 'x' })).toEqual({
      task: { kind: 'read' },
      documents: [{ upload: 'file', name: 'x' }],
    });
  });
  it('carries what is asked', () => {
    const rest = { schema: '', question: 'How much?', tags: '', fileName: 'x' };
    const tasks = (['answer', 'chat', 'classify', 'describe', 'chart'] as const).map(
      (task) => submissionSchema.parse(submissionOf({ ...rest, task })).task,
    );
    expect(tasks).toEqual([
      { kind: 'answer', question: 'How much?' },
      { kind: 'chat', messages: [{ role: 'user', text: 'How much?' }] },
      { kind: 'classify' },
      { kind: 'describe' },
      { kind: 'chart' },
    ]);
  });
});
