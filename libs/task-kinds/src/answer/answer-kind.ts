import { inputFormsOf } from '@waybill/llm-routing';
import { closed, listOf, said, saidOrNull } from '../prompt/closed-schema.js';
import { documentPrompt } from '../prompt/document-prompt.js';
import { PromptedTask, type PromptedWork } from '../prompt/prompted-task.js';
import { PageWindow } from '../retrieval/page-window.js';
import type { KindSubject, TaskKindDefinition } from '../task-kind.js';
import { answerPart, judgeCitedAnswer } from './judge-cited-answer.js';

type Subject = KindSubject<'answer'>;

/** An answer with its citations is about so long, counted in values. */
const valuesOfAnswer = 12;

const rules = [
  'You answer a question from a document, and from nothing else, with JSON of the schema that you are given.',
  'Every statement of the answer is cited: the page, a quote copied as it is printed (at most thirty words), and the numbers of its words. A number in brackets stands before the word that has it; the words behind it count on by one.',
  'Answer in the language of the question, briefly. Numbers stand in the answer as they are printed.',
  'When these pages do not tell, the answer is null, "reason" says what is missing in one sentence, and there are no citations. Otherwise "reason" is null. Never guess.',
];

/** A question that the document answers, with citations. */
export const answerKind: TaskKindDefinition<'answer'> = {
  kind: 'answer',
  nothing: { answer: null, reason: 'The document has no pages.', citations: [], pagesLookedAt: [] },
  promptOf: ({ question }) => question,
  work: (subject) => new PromptedTask(workOn(subject)),
};

function workOn({ task, pages, kind, difficulty, fetchPictures }: Subject): PromptedWork {
  const { question, instructions } = task;
  const window = new PageWindow(question, pages);
  return {
    ...{ kind: 'answer', documentKind: kind, difficulty, parts: [answerPart], fetchPictures },
    schema: closed({
      answer: saidOrNull('string', 'The answer, or null when these pages do not tell.'),
      reason: saidOrNull('string', 'Why there is no answer.'),
      citations: listOf(
        closed({
          page: said('integer', 'The number of the page.'),
          quote: said('string', 'Copied as it is printed.'),
          words: listOf({ type: 'integer' }),
        }),
      ),
    }),
    pages: () => window.pages,
    forms: (view, text) => inputFormsOf(view.pages, text),
    messages: (view, _open, pictures) =>
      documentPrompt({
        ...{ rules, view, pictures, instructions },
        wish: `${window.remark}\n\nThe question:\n${question}`.trim(),
      }),
    values: () => valuesOfAnswer,
    judge: (given, view, before) => judgeCitedAnswer({ given, view, before, question, window, kind }),
  };
}
