import type { TaskOf } from '@waybill/contracts';
import { captionsOf, inputFormsOf, type ImagePart, type Message } from '@waybill/llm-routing';
import { documentText, systemText } from '../prompt/document-prompt.js';
import { noField } from '../prompt/field-of.js';
import { PromptedTask, type PromptedWork, type View } from '../prompt/prompted-task.js';
import { PageWindow } from '../retrieval/page-window.js';
import type { KindSubject, TaskKindDefinition } from '../task-kind.js';

const part = '/reply';
/** A reply is about so long, counted in values. */
const valuesOfReply = 20;

const rules = [
  'You talk with a client about a document that is shown to you.',
  'Say so when the document does not tell what is asked.',
];

/** The next message of a conversation about the document. */
export const chatKind: TaskKindDefinition<'chat'> = {
  kind: 'chat',
  nothing: { reply: null, pagesLookedAt: [] },
  promptOf: ({ messages }) => messages.at(-1)?.text,
  work: (subject) => new PromptedTask(workOn(subject)),
};

function workOn({ task, pages, kind, difficulty, fetchPictures }: KindSubject<'chat'>): PromptedWork {
  const window = new PageWindow(task.messages.at(-1)?.text ?? '', pages);
  return {
    ...{ kind: 'chat', documentKind: kind, difficulty, parts: [part], fetchPictures },
    pages: () => window.pages,
    forms: (view, text) => inputFormsOf(view.pages, text),
    messages: (view, _open, pictures) => conversation(task, view, pictures, window.remark),
    values: () => valuesOfReply,
    judge({ answer, quality }) {
      const reply = answer.text.trim();
      const values = { reply: reply || null, pagesLookedAt: window.pageNumbers };
      if (reply === '') {
        return {
          answer: { kind, values, fields: [noField(part, 'The model said nothing.')] },
          open: [part],
          coercions: [],
        };
      }
      const field = { path: part, value: reply, confidence: quality, boxes: [], words: [] };
      return { answer: { kind, values, fields: [field] }, open: [], coercions: [] };
    },
  };
}

/** The document stands before the first message, so that a conversation that goes on begins the same. */
function conversation(
  { messages, instructions }: TaskOf<'chat'>,
  view: View,
  pictures: readonly ImagePart[],
  remark: string,
): Message[] {
  const document = [documentText(view), ...captionsOf(pictures), ...(remark ? [remark] : [])].join('\n\n');
  return [
    { role: 'system', text: systemText([...rules, ...(instructions ? [`The client adds: ${instructions}`] : [])]) },
    { role: 'user', parts: [...pictures, { type: 'text', text: document }] },
    ...messages.map(({ role, text }): Message => ({ role, parts: [{ type: 'text', text }] })),
  ];
}
