import type { RunningBlock } from '@waybill/contracts';
import type { MarginBlock, PageDigest } from './digest-page.js';

interface Candidate extends MarginBlock {
  readonly page: number;
}

/** Repetitions stand at one height, within this share of the page's. */
const heightTolerance = 0.02;
const pageNumber =
  /^(?:\p{L}{1,8}\.?\s)?[-–—([|\s]*(\d{1,4}|[ivxlc]{1,7})[-–—)\]|\s]*(?:(?:of|\/|von|de|sur|di)\s*\d{1,4})?$/iu;

/**
 * Running heads and feet, and page numbers, of the pages of one document. A block of a page's margin is one when the
 * same text, figures aside, stands at the same height on at least two pages and on half of all, or of the odd, or of the
 * even ones. A page number's distance to its page's place in the document is the same on at least two pages.
 */
export function findRunningBlocks(pages: readonly PageDigest[]): RunningBlock[] {
  const candidates = pages.flatMap(({ page, margins }) => margins.map((margin): Candidate => ({ ...margin, page })));
  const numbers = new Map(pageNumbers(candidates).map((number) => [keyOf(number), number]));
  const heads = repeated(candidates, pages.length).filter((candidate) => !numbers.has(keyOf(candidate)));
  const running = [
    ...[...numbers.values()].map(({ page, block, label }) => ({ page, block, kind: 'page-number' as const, label })),
    ...heads.map(({ page, block, side }) => ({ page, block, kind: side === 'top' ? 'header' : 'footer' }) as const),
  ];
  return running.sort((a, b) => a.page - b.page || a.block - b.block);
}

const keyOf = ({ page, block }: { page: number; block: number }): string => `${page} ${block}`;

function repeated(candidates: readonly Candidate[], pageCount: number): Candidate[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const text = candidate.text.toLowerCase().replace(/\d+/g, '#').replace(/\s+/g, ' ').trim();
    if (!/[\p{L}\p{N}#]/u.test(text)) continue;
    const key = `${candidate.side} ${text}`;
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return [...groups.values()].flatMap((group) => {
    const first = group[0]?.at ?? 0;
    const level = group.filter(({ at }) => Math.abs(at - first) <= heightTolerance);
    return isOften(new Set(level.map(({ page }) => page)), pageCount) ? level : [];
  });
}

function isOften(pages: ReadonlySet<number>, pageCount: number): boolean {
  const odd = [...pages].filter((page) => page % 2 === 1).length;
  const even = pages.size - odd;
  if (pages.size < 2) return false;
  const half = Math.ceil(pageCount / 2);
  return (
    pages.size >= pageCount / 2 || (odd > 1 && odd >= half / 2) || (even > 1 && even >= Math.floor(pageCount / 2) / 2)
  );
}

function pageNumbers(candidates: readonly Candidate[]): (Candidate & { readonly label: string })[] {
  const groups = new Map<string, (Candidate & { readonly label: string })[]>();
  for (const candidate of candidates) {
    const label = pageNumber.exec(candidate.text.trim())?.[1];
    const value = label === undefined ? undefined : valueOf(label);
    if (label === undefined || value === undefined) continue;
    const key = `${/\d/.test(label) ? 'arabic' : 'roman'} ${value - candidate.page}`;
    groups.set(key, [...(groups.get(key) ?? []), { ...candidate, label }]);
  }
  return [...groups.values()].filter((group) => new Set(group.map(({ page }) => page)).size > 1).flat();
}

const romanValues: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

function valueOf(label: string): number | undefined {
  if (/^\d+$/.test(label)) return Number(label);
  const values = [...label.toLowerCase()].map((sign) => romanValues[sign] ?? 0);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}
