import type { PageKey } from '@waybill/contracts';

/** First and last page of an unbroken run, both included. */
export type PageRange = readonly [first: number, last: number];

/** Pages as ranges by document: sorted, apart from each other, so that equal sets are written equally. */
export type PageSet = Readonly<Record<string, readonly PageRange[]>>;

export const emptyPageSet: PageSet = Object.freeze({});

export const hasPage = (set: PageSet, { document, page }: PageKey): boolean =>
  (set[document] ?? []).some(([first, last]) => first <= page && page <= last);

/** The set with one page more; the same set when it has the page. */
export function addPage(set: PageSet, key: PageKey): PageSet {
  if (hasPage(set, key)) return set;
  return { ...set, [key.document]: joined(set[key.document] ?? [], key.page) };
}

export const countPages = (set: PageSet): number =>
  Object.values(set)
    .flat()
    .reduce((sum, [first, last]) => sum + last - first + 1, 0);

function joined(ranges: readonly PageRange[], page: number): PageRange[] {
  const left = ranges.find(([, last]) => last === page - 1);
  const right = ranges.find(([first]) => first === page + 1);
  const run: PageRange = [left?.[0] ?? page, right?.[1] ?? page];
  return [...ranges.filter((range) => range !== left && range !== right), run].sort(([a], [b]) => a - b);
}
