import type { ExtractedField } from '@waybill/contracts';
import type { Findings } from '../task-kind.js';

/** What was found on one page, for kinds that answer page by page. */
export interface PageItem {
  readonly page: number;
  readonly value: Readonly<Record<string, unknown>>;
  /** Paths are relative to the value. */
  readonly fields: readonly ExtractedField[];
  /** How sure the item is as a whole, 0..1. */
  readonly confidence: number;
}

/** Items as findings, in page order, under `/<list>/<index>`. */
export function findingsOf(list: string, kind: Findings['kind'], items: readonly PageItem[]): Findings {
  const sorted = items.toSorted((a, b) => a.page - b.page);
  return {
    kind,
    values: { [list]: sorted.map(({ value }) => value) },
    fields: sorted.flatMap(({ fields }, at) =>
      fields.map((field) => ({ ...field, path: `/${list}/${at}${field.path}` })),
    ),
  };
}

/** The other way round. */
export function itemsOf(list: string, findings: Findings | undefined): PageItem[] {
  const values = (findings?.values[list] ?? []) as readonly (PageItem['value'] & { readonly page: number })[];
  return values.map((value, at) => {
    const prefix = `/${list}/${at}/`;
    const own = (findings?.fields ?? []).filter(({ path }) => path.startsWith(prefix));
    const fields = own.map((field) => ({ ...field, path: field.path.slice(prefix.length - 1) }));
    return { page: value.page, value, fields, confidence: surenessOf(fields) };
  });
}

/** Mean over what was found; 0 for nothing. */
export function surenessOf(fields: readonly ExtractedField[]): number {
  const found = fields.filter(({ value }) => value !== null);
  return found.length === 0 ? 0 : found.reduce((sum, { confidence }) => sum + confidence, 0) / found.length;
}

/** All items of both; of those of one page, the surer answer's. */
export function mergeItems(before: readonly PageItem[], after: readonly PageItem[]): PageItem[] {
  const best = (items: readonly PageItem[], page: number): number =>
    Math.max(0, ...items.filter((item) => item.page === page).map(({ confidence }) => confidence));
  const pages = new Set([...before, ...after].map(({ page }) => page));
  return [...pages].flatMap((page) => {
    const better = best(after, page) >= best(before, page) ? after : before;
    return better.filter((item) => item.page === page);
  });
}

/** Names of the parts that pages are: what is asked for again when it is in doubt. */
export const pagePart = (page: number): string => `/page/${page}`;
export const pageOfPart = (part: string): number => Number(part.slice('/page/'.length));
