import type { ExtractedField } from '@waybill/contracts';
import { inputFormsOf, type GivenAnswer, type Judgement, type OpenParts } from '@waybill/llm-routing';
import { closed, listOf, said } from '../prompt/closed-schema.js';
import { documentPrompt } from '../prompt/document-prompt.js';
import { placeOf, readingOf } from '../prompt/field-of.js';
import { canContradict, findQuote } from '../prompt/find-printed.js';
import { objectsOf, objectOf, textOf, textsOf, type GivenObject } from '../prompt/given-json.js';
import { findingsOf, itemsOf, mergeItems, pageOfPart, pagePart, type PageItem } from '../prompt/page-items.js';
import { PromptedTask, type PromptedWork, type View } from '../prompt/prompted-task.js';
import { choicePages } from '../prompt/choice-pages.js';
import type { Findings, KindSubject, TaskKindDefinition } from '../task-kind.js';

type Subject = KindSubject<'describe'>;

const list = 'descriptions';
const valuesOfPage = 8;
/** A shorter one says nothing. */
const fewestLetters = 12;
/** What may be misread, by the model or by OCR, before the page is in doubt. */
const mostMisread = 1 / 3;

const rules = [
  'You describe the pages of a document to somebody who cannot see them, and answer with JSON of the schema that you are given.',
  'One description for each page: what it is, what is to be seen on it, how that is arranged, in two to six sentences.',
  '"printed" has the texts that matter, copied as they are printed, at most twelve; none when nothing is printed.',
  'Describe only what is there. Say when something cannot be made out.',
];

/** What is to be seen, page by page. */
export const describeKind: TaskKindDefinition<'describe'> = {
  kind: 'describe',
  nothing: { [list]: [] },
  pagesOf: ({ pages, task }) =>
    choicePages(pages, task.pages).filter(({ read }) => read.summary.classification?.kind !== 'blank'),
  work: (subject) => new PromptedTask(workOn(subject)),
  portions: {
    rules: 'never',
    join: (before, after, { kind }) => findingsOf(list, kind, [...itemsOf(list, before), ...itemsOf(list, after)]),
  },
};

function workOn({ task, pages, kind, difficulty, fetchPictures }: Subject): PromptedWork {
  return {
    ...{ kind: 'describe', documentKind: kind, difficulty, fetchPictures },
    parts: pages.map(({ read }) => pagePart(read.page)),
    schema: closed({
      [list]: listOf(
        closed({
          page: said('integer', 'The number of the page.'),
          description: said('string', 'What is to be seen.'),
          printed: listOf({ type: 'string' }),
        }),
      ),
    }),
    pages: (open) => pages.filter(({ read }) => open.includes(pagePart(read.page))),
    forms: ({ pages: shown }, text) => {
      const forms = inputFormsOf(shown, text, { lookAt: 'all' });
      const looking = forms.filter(({ form }) => form.pictures.length > 0 && form.name !== 'crops');
      return looking.length > 0 ? looking : forms;
    },
    messages: (view, open, pictures) =>
      documentPrompt({
        ...{ rules, view, pictures, instructions: task.instructions },
        wish: `Describe these pages: ${open.map(pageOfPart).join(', ')}.`,
      }),
    values: (_view, open) => open.length * valuesOfPage,
    judge: (given, view, before, open) => judge(given, view, before, { open, kind }),
  };
}

function judge(
  { answer, quality }: GivenAnswer,
  view: View,
  before: Findings | undefined,
  { open, kind }: { readonly open: OpenParts; readonly kind: Findings['kind'] },
): Judgement<Findings> {
  const given = objectsOf(objectOf(answer.json)[list]);
  const judged = open.map((part) => judgePage(pageOfPart(part), { given, open, view, quality }));
  const items = mergeItems(
    itemsOf(list, before),
    judged.flatMap(({ item }) => item ?? []),
  );
  const doubtful = open.filter((_, at) => judged[at]?.isSound !== true);
  return { answer: findingsOf(list, kind, items), open: doubtful, coercions: [] };
}

interface GivenPages {
  readonly given: readonly GivenObject[];
  readonly open: OpenParts;
  readonly view: View;
  readonly quality: number;
}

function judgePage(page: number, { given, open, view, quality }: GivenPages): { item?: PageItem; isSound: boolean } {
  // Who is asked about one page describes that one, whatever number it writes.
  const own = given.find((each) => each.page === page) ?? (open.length === 1 ? given[0] : undefined);
  const description = textOf(own?.description);
  if (description.length < fewestLetters) return { isSound: false };
  const words = view.words.words.filter((word) => word.page === page);
  const isCheckable = canContradict(words);
  const printed = textsOf(own?.printed).map((text) => ({ text, place: findQuote(text, [], words) }));
  const missing = printed.filter(({ place }) => place.length === 0).length;
  const misread = isCheckable && printed.length > 0 ? missing / printed.length : 0;
  const confidence = quality * (1 - misread / 2);
  const fields: ExtractedField[] = [
    { path: '/description', value: description, confidence, page, boxes: [], words: [] },
    ...printed.map(({ text, place }, at): ExtractedField => {
      const grounded = isCheckable || place.length > 0 ? { grounded: place.length > 0 } : {};
      const trust = place.length > 0 ? readingOf(place) : isCheckable ? 0.5 : 1;
      return { path: `/printed/${at}`, value: text, confidence: quality * trust, page, ...placeOf(place), ...grounded };
    }),
  ];
  const value = { page, description, printed: printed.map(({ text }) => text) };
  return { item: { page, value, fields, confidence }, isSound: misread <= mostMisread };
}
