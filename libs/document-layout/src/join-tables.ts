import type { ContinuedTable, RunningBlock } from '@waybill/contracts';
import type { PageDigest, TableDigest } from './digest-page.js';

type Part = ContinuedTable['parts'][number];

/** Columns of two parts share at least this much of the narrower one. */
const sharedColumn = 0.5;
const shapeTolerance = 0.02;
const saidToContinue = /\b(continued|cont['’.]?d?|fortsetzung|suite|continuaci[oó]n|segue)\b/iu;
const marginKinds: ReadonlySet<string> = new Set(['header', 'footer']);

/**
 * Tables that go on over pages. A table goes on when it is the last thing on its page and the next page, of the same
 * shape, begins with a table (running heads and a line that says "continued" aside) that has as many columns in the same
 * places and either repeats the head or has none.
 */
export function joinTables(pages: readonly PageDigest[], running: readonly RunningBlock[]): ContinuedTable[] {
  const aside = new Set(running.map(({ page, block }) => `${page} ${block}`));
  const joined: { parts: Part[]; confidence: number }[] = [];
  pages.forEach((page, at) => {
    const next = pages[at + 1];
    if (next?.page !== page.page + 1 || Math.abs(next.shape / page.shape - 1) > shapeTolerance) return;
    const [last, first] = [lastTable(page, aside), firstTable(next, aside)];
    if (last === undefined || first === undefined) return;
    const held = joined.find(({ parts }) => parts.at(-1)?.page === page.page && parts.at(-1)?.table === last);
    const origin = held?.parts[0];
    const head = origin && pages.find((other) => other.page === origin.page)?.tables[origin.table];
    const [one, other] = [page.tables[last], next.tables[first]];
    const repeatedRows = one && other && continues(one, other, head ?? one);
    if (!one || !other || repeatedRows === undefined) return;
    const confidence = (repeatedRows > 0 ? 0.95 : 0.8) * Math.min(one.confidence, other.confidence);
    const part: Part = { page: next.page, table: first, repeatedRows };
    if (held) {
      held.parts.push(part);
      held.confidence = Math.min(held.confidence, confidence);
    } else joined.push({ parts: [{ page: page.page, table: last, repeatedRows: 0 }, part], confidence });
  });
  return joined;
}

function lastTable({ page, outline }: PageDigest, aside: ReadonlySet<string>): number | undefined {
  const body = outline.filter(({ kind }, block) => !marginKinds.has(kind) && !aside.has(`${page} ${block}`));
  return body.at(-1)?.table;
}

function firstTable({ page, outline }: PageDigest, aside: ReadonlySet<string>): number | undefined {
  const body = outline.filter(({ kind }, block) => !marginKinds.has(kind) && !aside.has(`${page} ${block}`));
  const [first, second] = body;
  return first && first.table === undefined && saidToContinue.test(first.text) ? second?.table : first?.table;
}

/** How many rows of the second part repeat the head; undefined when it is a table of its own. */
function continues(one: TableDigest, other: TableDigest, origin: TableDigest): number | undefined {
  if (one.columns !== other.columns || !one.spans.every((span, at) => isSameColumn(span, other.spans[at])))
    return undefined;
  const head = origin.firstRows.map(lettersOf);
  const isRepeated = origin.headRows > 0 && head.every((row, at) => row === lettersOf(other.firstRows[at] ?? ''));
  if (isRepeated) return origin.headRows;
  return other.headRows === 0 ? 0 : undefined;
}

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}\t]/gu, '');

function isSameColumn(one: readonly [number, number], other: readonly [number, number] | undefined): boolean {
  if (!other) return false;
  const narrower = Math.min(one[1] - one[0], other[1] - other[0]);
  return Math.min(one[1], other[1]) - Math.max(one[0], other[0]) >= sharedColumn * narrower;
}
