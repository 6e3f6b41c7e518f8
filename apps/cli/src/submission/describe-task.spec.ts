import { describe, expect, it } from '@jest/globals';
import { taskSchema } from '@waybill/contracts';
import { describeTask, type TaskOptions } from './describe-task.js';

const described = (options: TaskOptions) => describeTask(options, (path) => path);

describe('describeTask', () => {
  it.each<[TaskOptions, object]>([
    [{ task: 'read' }, { kind: 'read' }],
    [
      { task: 'extract', schema: 'receipt' },
      { kind: 'extract', schema: 'receipt' },
    ],
    [
      { task: 'classify', label: ['a', 'b'] },
      { kind: 'classify', labels: ['a', 'b'] },
    ],
    [{ task: 'classify' }, { kind: 'classify' }],
    [
      { task: 'describe', pages: '3,1-2' },
      { kind: 'describe', pages: [1, 2, 3] },
    ],
    [
      { task: 'chart', instructions: 'In tons.' },
      { kind: 'chart', instructions: 'In tons.' },
    ],
    [
      { task: 'answer', question: 'Who?' },
      { kind: 'answer', question: 'Who?' },
    ],
    [
      { task: 'chat', message: 'Hello' },
      { kind: 'chat', messages: [{ role: 'user', text: 'Hello' }] },
    ],
  ])('%j', async (options, task) => {
    expect(await described(options)).toEqual(task);
    expect(taskSchema.parse(task)).toEqual(task);
  });

  it.each<[TaskOptions, RegExp]>([
    [{ task: 'answer' }, /Say with --question what is to be asked/],
    [{ task: 'chat', message: ' ' }, /Say with --message/],
    [{ task: 'classify', label: ['one'] }, /at least two labels/],
    [{ task: 'read', question: 'Who?' }, /--question goes with --task answer, not with --task read/],
    [{ task: 'answer', question: 'Who?', pages: '1' }, /--pages goes with --task describe or chart/],
    [{ task: 'chart', pages: '5-3' }, /write them as 1,3-5/],
    [{ task: 'chart', pages: '0' }, /write them as 1,3-5/],
  ])('refuses %j', async (options, message) => {
    await expect(described(options)).rejects.toThrow(message);
  });
});
