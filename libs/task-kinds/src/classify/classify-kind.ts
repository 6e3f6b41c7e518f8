import { pageKinds } from '@waybill/contracts';
import { inputFormsOf, squashed, type GivenAnswer, type Judgement } from '@waybill/llm-routing';
import { closed, listOf, said } from '../prompt/closed-schema.js';
import { documentPrompt } from '../prompt/document-prompt.js';
import { agreed, noField, placeOf } from '../prompt/field-of.js';
import { numbersOf, objectOf, textOf } from '../prompt/given-json.js';
import { PromptedTask, type PromptedWork, type View } from '../prompt/prompted-task.js';
import type { Findings, KindSubject, TaskKindDefinition } from '../task-kind.js';
import { labelByRules } from './label-by-rules.js';

type Subject = KindSubject<'classify'>;

/** What a document is shows on its first pages. */
const pagesLookedAt = 8;
const part = '/label';
const rules = [
  'You say which one of the given labels a document is, and answer with JSON of the schema that you are given.',
  'Take the label that fits the document as a whole best, and exactly as it is written.',
  '"sure" is false when another label fits nearly as well, or none does.',
  '"words" has the numbers of the words that show it, at most ten. A number in brackets stands before the word that has it; the words behind it count on by one.',
];

/** Which label a document is. */
export const classifyKind: TaskKindDefinition<'classify'> = {
  kind: 'classify',
  nothing: { label: null },
  pagesOf: ({ pages }) => pages.slice(0, pagesLookedAt),
  work: (subject) => new PromptedTask(workOn(subject)),
};

function workOn(subject: Subject): PromptedWork {
  const { task, pages, kind, difficulty, fieldFloor, fetchPictures } = subject;
  const labels = task.labels ?? pageKinds;
  return {
    ...{ kind: 'classify', documentKind: kind, difficulty, parts: [part], fetchPictures },
    rules: async () => labelByRules(subject, labels),
    schema: closed({
      label: { type: 'string', enum: [...labels] },
      sure: said('boolean', 'Whether no other label fits nearly as well.'),
      words: listOf({ type: 'integer' }),
    }),
    pages: () => pages,
    forms: (_view, text) => inputFormsOf(pages, text).filter(({ form }) => form.name !== 'crops'),
    messages: (view, _open, pictures) =>
      documentPrompt({
        ...{ rules, view, pictures, instructions: task.instructions },
        wish: `The labels:\n${labels.map((label) => JSON.stringify(label)).join('\n')}`,
      }),
    values: () => 2,
    judge: (given, view, before) => judge(given, view, before, { kind, labels, fieldFloor }),
  };
}

interface Asked {
  readonly kind: Findings['kind'];
  readonly labels: readonly string[];
  readonly fieldFloor: number;
}

function judge(
  { answer, quality }: GivenAnswer,
  { words }: View,
  before: Findings | undefined,
  { kind, labels, fieldFloor }: Asked,
): Judgement<Findings> {
  if (answer.reading) {
    const [field] = answer.reading.fields;
    return { answer: answer.reading, open: (field?.confidence ?? 0) >= fieldFloor ? [] : [part], coercions: [] };
  }
  const given = objectOf(answer.json);
  const wanted = textOf(given.label);
  const label = labels.find((each) => each === wanted) ?? labels.find((each) => squashed(each) === squashed(wanted));
  if (label === undefined) {
    const reason = `"${wanted.slice(0, 80)}" is none of the labels.`;
    const none = { kind, values: { label: null }, fields: [noField(part, reason)] };
    return { answer: before ?? none, open: [part], coercions: [] };
  }
  const known = before?.fields.find(({ path }) => path === part);
  const isAgreed = known?.value === label;
  const confidence = isAgreed ? agreed(known.confidence, quality) : quality;
  const isSure = given.sure !== false || isAgreed;
  const cited = new Set(numbersOf(given.words));
  const place = placeOf(words.words.filter(({ number }) => cited.has(number)));
  const field = { path: part, value: label, confidence: isSure ? confidence : confidence / 2, ...place };
  return {
    answer: { kind, values: { label }, fields: [field] },
    open: isSure ? [] : [part],
    coercions: label === wanted ? [] : [{ path: part, remark: `"${wanted}" was taken for "${label}".` }],
  };
}
