import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitQuestion } from './split-question.js';
import { taskForm, taskFormNames } from './task-form.js';

const figure = (text: string, name: (typeof taskFormNames)[number]): number =>
  taskForm(text)[taskFormNames.indexOf(name)] ?? Number.NaN;

const choice = 'Which of these is not red?\nA. a red rose\nB. a red apple\nC. the sky, 2 miles up\nAnswer:';

describe('the form of a task', () => {
  it('takes a choice apart, and leaves other prompts whole', () => {
    expect(splitQuestion(choice)).toEqual({
      question: 'Which of these is not red?\n',
      options: ['a red rose', 'a red apple', 'the sky, 2 miles up'],
    });
    expect(splitQuestion('(A) one\n(B) two').options).toEqual(['one', 'two']);
    expect(splitQuestion('A. Smith wrote this.')).toEqual({ question: 'A. Smith wrote this.', options: [] });
  });

  it('tells options that are like one another from options that are not', () => {
    expect(figure('Which?\nA. True, False\nB. False, True', 'likeness of options')).toBe(1);
    expect(figure('Which?\nA. rose\nB. apple', 'likeness of options')).toBe(0);
  });

  it.each<[string, (typeof taskFormNames)[number], number]>([
    [choice, 'options', 3],
    [choice, 'negation', 1],
    [choice, 'asks which', 1],
    [choice, 'options with commas', 1 / 3],
    ['How many are left?\nA. 3\nB. 12 kg', 'options are numbers', 1],
    ['How many are left?\nA. 3\nB. 12', 'calculation', 1],
    ['Pick.\nA. rose\nB. red rose', 'options are single words', 0.5],
    ['Is the red rose here?\nA. red rose\nB. blue sky', 'options repeat the question', 0.5],
    ['Statement 1 | Water is wet.', 'separators', 1],
  ])('of %j: %s is %d', (text, name, expected) => {
    expect(figure(text, name)).toBeCloseTo(expected, 12);
  });

  it('is finite for any text, the empty one too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const form = taskForm(text);
        expect(form).toHaveLength(taskFormNames.length);
        expect(form.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it.each(['\n'.repeat(200_000), '1'.repeat(200_000), 'A. 1\n'.repeat(50_000), 'A. '.repeat(60_000)])(
    'looks at a bounded part of a hostile prompt (%#)',
    (text) => {
      expect(taskForm(text)).toEqual(
        Float64Array.of(Math.log1p(text.length), ...taskForm(text.slice(0, 6_000)).slice(1)),
      );
    },
  );
});
