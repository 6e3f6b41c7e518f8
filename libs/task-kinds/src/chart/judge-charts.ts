import type { ExtractedField } from '@waybill/contracts';
import type { GivenAnswer, Judgement, NumberedWord, OpenParts } from '@waybill/llm-routing';
import { placeOf, readingOf } from '../prompt/field-of.js';
import { canContradict, findPrinted } from '../prompt/find-printed.js';
import { numbersOf, objectOf, objectsOf, textOf, type GivenObject } from '../prompt/given-json.js';
import { findingsOf, itemsOf, mergeItems, pageOfPart, surenessOf, type PageItem } from '../prompt/page-items.js';
import type { View } from '../prompt/prompted-task.js';
import type { Findings } from '../task-kind.js';

export const chartList = 'charts';

/** Of the numbers said to be printed, those that may not be there; of the labels, likewise. */
const [mostUnprinted, mostUnlabelled] = [0.1, 0.5];
/** How far a number that was read off an axis is trusted, as a share of how far its model is. */
const estimatedTrust = 0.6;
const unprintedTrust = 0.5;

export interface GivenCharts {
  readonly given: GivenAnswer;
  readonly view: View;
  readonly before: Findings | undefined;
  readonly open: OpenParts;
  readonly kind: Findings['kind'];
}

/** Judges the charts of each page that was asked for: printed numbers and labels must be among the page's words. */
export function judgeCharts({ given, view, before, open, kind }: GivenCharts): Judgement<Findings> {
  const charts = objectsOf(objectOf(given.answer.json)[chartList]);
  const judged = open.map((part) => {
    const page = pageOfPart(part);
    const own = open.length === 1 ? charts : charts.filter((chart) => chart.page === page);
    const words = view.words.words.filter((word) => word.page === page);
    return own.map((chart) => judgeChart(chart, { page, words, quality: given.quality }));
  });
  const items = mergeItems(
    itemsOf(chartList, before),
    judged.flat().map(({ item }) => item),
  );
  const doubtful = open.filter((_, at) => {
    const own = judged[at] ?? [];
    return own.length === 0 || own.some(({ isSound }) => !isSound);
  });
  return { answer: findingsOf(chartList, kind, items), open: doubtful, coercions: [] };
}

interface ChartPage {
  readonly page: number;
  readonly words: readonly NumberedWord[];
  /** Predicted share of right values of who answered. */
  readonly quality: number;
}

interface JudgedPoint {
  readonly value: { readonly label: string | null; readonly value: number | null; readonly printed: boolean };
  readonly fields: readonly ExtractedField[];
  readonly isMissing: boolean;
  readonly isUnlabelled: boolean;
}

function judgeChart(chart: GivenObject, on: ChartPage): { item: PageItem; isSound: boolean } {
  const isCheckable = canContradict(on.words);
  const series = objectsOf(chart.series).map(({ name, points }, at) => ({
    name: textOf(name) || null,
    points: objectsOf(points).map((point, place) =>
      judgePoint(point, { path: `/series/${at}/points/${place}`, isCheckable, ...on }),
    ),
  }));
  const points = series.flatMap((each) => each.points);
  const printed = points.filter(({ value }) => value.printed);
  const labelled = points.filter(({ value }) => value.label !== null);
  const unprinted = shareOf(printed, ({ isMissing }) => isMissing);
  const unlabelled = shareOf(labelled, ({ isUnlabelled }) => isUnlabelled);
  const isSound =
    points.some(({ value }) => value.value !== null) && unprinted <= mostUnprinted && unlabelled <= mostUnlabelled;
  const fields = points.flatMap((point) => point.fields);
  const value = {
    ...{ page: on.page, title: textOf(chart.title) || null, type: textOf(chart.type) || 'other' },
    ...{ xAxis: textOf(chart.xAxis) || null, yAxis: textOf(chart.yAxis) || null },
    series: series.map(({ name, points: own }) => ({ name, points: own.map((point) => point.value) })),
  };
  return { item: { page: on.page, value, fields, confidence: surenessOf(fields) }, isSound };
}

function judgePoint(
  given: GivenObject,
  { path, page, words, quality, isCheckable }: ChartPage & { readonly path: string; readonly isCheckable: boolean },
): JudgedPoint {
  const label = textOf(given.label) || null;
  const value = typeof given.value === 'number' && Number.isFinite(given.value) ? given.value : null;
  const printed = given.printed === true && value !== null;
  const place = printed ? findPrinted(value, numbersOf(given.words), words) : [];
  const isMissing = printed && place.length === 0 && isCheckable;
  const trust = !printed ? estimatedTrust : isMissing ? unprintedTrust : readingOf(place);
  const grounded = printed && !isMissing && place.length === 0 ? {} : { grounded: place.length > 0 };
  const field: ExtractedField =
    value === null
      ? { path: `${path}/value`, value, confidence: 0, boxes: [], words: [], reason: 'The point has no number.' }
      : { path: `${path}/value`, value, confidence: quality * trust, page, ...placeOf(place), ...grounded };
  const isUnlabelled = label !== null && isCheckable && findPrinted(label, [], words).length === 0;
  return { value: { label, value, printed }, fields: [field], isMissing, isUnlabelled };
}

const shareOf = <Item>(items: readonly Item[], has: (item: Item) => boolean): number =>
  items.length === 0 ? 0 : items.filter(has).length / items.length;
