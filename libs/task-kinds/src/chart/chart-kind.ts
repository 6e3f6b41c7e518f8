import type { PageLayout } from '@waybill/contracts';
import { inputFormsOf, type ReadPage } from '@waybill/llm-routing';
import { closed, listOf, said, saidOrNull } from '../prompt/closed-schema.js';
import { choicePages } from '../prompt/choice-pages.js';
import { documentPrompt } from '../prompt/document-prompt.js';
import { findingsOf, itemsOf, pageOfPart, pagePart } from '../prompt/page-items.js';
import { PromptedTask, type PromptedWork } from '../prompt/prompted-task.js';
import type { KindSubject, TaskKindDefinition } from '../task-kind.js';
import { chartList, judgeCharts } from './judge-charts.js';

type Subject = KindSubject<'chart'>;

/** Points that a chart is taken to have, before anybody has seen it. */
const pointsOfPage = 24;
/** More figures on a page than this: the page is shown whole. */
const mostFigures = 4;
const chartTypes = ['bar', 'line', 'pie', 'scatter', 'area', 'box', 'gauge', 'other'] as const;

const rules = [
  'You read the data behind charts, and answer with JSON of the schema that you are given.',
  'Give every chart of every page that you are asked about, every series of it, and every point in the order of the axis.',
  '"printed" is true when the number itself stands on the chart; give it as it is printed. It is false when you read it off the axis; then give your best estimate.',
  '"label" is what is written at the point on the axis, in the legend, or at the slice. "words" has the numbers of the words that a printed value was read from. A number in brackets stands before the word that has it; the words behind it count on by one.',
  'A page without a chart gets none. Never invent points.',
];

/** The data behind charts. */
export const chartKind: TaskKindDefinition<'chart'> = {
  kind: 'chart',
  nothing: { [chartList]: [] },
  pagesOf: ({ pages, task }) => (task.pages ? choicePages(pages, task.pages) : pagesWithCharts(pages)),
  work: (subject) => new PromptedTask(workOn(subject)),
  portions: {
    rules: 'never',
    join: (before, after, { kind }) =>
      findingsOf(chartList, kind, [...itemsOf(chartList, before), ...itemsOf(chartList, after)]),
  },
};

const isCharted = ({ read: { summary } }: ReadPage): boolean =>
  summary.classification?.kind === 'chart' || summary.classification?.kind === 'diagram';
const drawingsOf = ({ figures = [] }: PageLayout) => figures.filter(({ kind }) => kind === 'drawing');

/** Those that look like charts, and those with drawings in them; all where there is neither. */
function pagesWithCharts(pages: readonly ReadPage[]): readonly ReadPage[] {
  const found = pages.filter((page) => isCharted(page) || (page.layout && drawingsOf(page.layout).length > 0));
  return found.length > 0 ? found : pages;
}

/** Drawings on pages of text are cut out; a page that is a chart is shown whole. */
function regionsOf(layout: PageLayout): PageLayout['words'][number]['box'][] {
  const boxes = drawingsOf(layout).map(({ box }) => box);
  return boxes.length <= mostFigures ? boxes : [];
}

function workOn({ task, pages, kind, difficulty, fetchPictures }: Subject): PromptedWork {
  const words = listOf({ type: 'integer' });
  const point = closed({
    label: saidOrNull('string', 'What is written at the point, or the value of the horizontal axis.'),
    value: saidOrNull('number', 'The number.'),
    printed: said('boolean', 'Whether the number itself is printed.'),
    words,
  });
  return {
    ...{ kind: 'chart', documentKind: kind, difficulty, fetchPictures },
    parts: pages.map(({ read }) => pagePart(read.page)),
    schema: closed({
      [chartList]: listOf(
        closed({
          page: said('integer', 'The number of the page.'),
          title: saidOrNull('string', 'As it is printed.'),
          type: { type: 'string', enum: [...chartTypes] },
          xAxis: saidOrNull('string', 'What the horizontal axis is called.'),
          yAxis: saidOrNull('string', 'What the vertical axis is called, with its unit.'),
          series: listOf(closed({ name: saidOrNull('string', 'As in the legend.'), points: listOf(point) })),
        }),
      ),
    }),
    pages: (open) => pages.filter(({ read }) => open.includes(pagePart(read.page))),
    // Words alone are no chart: only who can look is asked.
    forms: ({ pages: shown }, text) => {
      const isCut = shown.every((page) => !isCharted(page) && page.layout && regionsOf(page.layout).length > 0);
      const forms = inputFormsOf(shown, text, { regionsOf, lookAt: 'all' });
      return forms.filter(({ form }) => form.pictures.length > 0 && (isCut || form.name !== 'crops'));
    },
    messages: (view, open, pictures) =>
      documentPrompt({
        ...{ rules, view, pictures, instructions: task.instructions },
        wish: `Read the charts of these pages: ${open.map(pageOfPart).join(', ')}.`,
      }),
    values: (_view, open) => open.length * pointsOfPage,
    judge: (given, view, before, open) => judgeCharts({ given, view, before, open, kind }),
  };
}
