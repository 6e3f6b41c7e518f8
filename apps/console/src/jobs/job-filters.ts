/** Spans that a listing can be narrowed to, in hours. */
export const spans = { hour: 1, day: 24, week: 168 } as const;
export type Span = keyof typeof spans;

/** What a listing is narrowed to; an empty text is no wish. */
export interface JobFilters {
  readonly status: string;
  readonly task: string;
  readonly tag: string;
  readonly span: string;
}

export const filtersOf = (query: URLSearchParams): JobFilters => ({
  status: query.get('status') ?? '',
  task: query.get('task') ?? '',
  tag: query.get('tag') ?? '',
  span: query.get('span') ?? '',
});

const isSpan = (text: string): text is Span => Object.hasOwn(spans, text);

/** The path of the listing. `now` is the moment that a span ends with. */
export function listingPath({ status, task, tag, span }: JobFilters, limit: number, now: Date): string {
  const query = new URLSearchParams({ limit: `${limit}` });
  if (status !== '') query.set('status', status);
  if (task !== '') query.set('task', task);
  if (tag !== '') query.set('tag', tag);
  if (isSpan(span)) query.set('since', new Date(now.getTime() - spans[span] * 3_600_000).toISOString());
  return `/v1/jobs?${query}`;
}
