/** What of a list of equal rows can be seen. */
export interface View {
  readonly rows: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly height: number;
}

const overscan = 6;

/** Rows to draw, from `first` up to before `end`, with a few more at both ends. */
export function visibleRange({ rows, rowHeight, scrollTop, height }: View): { first: number; end: number } {
  const first = Math.max(0, Math.min(rows, Math.floor(scrollTop / rowHeight)) - overscan);
  const end = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + overscan);
  return { first: Math.min(first, end), end };
}
