import type { PageKind, PageRead } from '@waybill/contracts';

/** What the pages of one document that were read so far are. */
export interface DocumentTally {
  /** How many pages there are of each kind. */
  readonly kinds: Readonly<Partial<Record<PageKind, number>>>;
  /** Difficulty of the hardest page, 0..1; absent when none was rated. */
  readonly hardest?: number;
}

/** By document. Counts and highest values come to the same in every order of the pages. */
export type PageTallies = Readonly<Record<number, DocumentTally>>;

/** The tallies after one more page, which must not have been counted before. */
export function tallyPage(tallies: PageTallies, { document, summary }: PageRead): PageTallies {
  const { classification, difficulty } = summary;
  if (!classification && !difficulty) return tallies;
  const { kinds, hardest } = tallies[document] ?? { kinds: {} };
  const known = [hardest, difficulty?.score].filter((score) => score !== undefined);
  const after = classification ? { ...kinds, [classification.kind]: (kinds[classification.kind] ?? 0) + 1 } : kinds;
  return { ...tallies, [document]: { kinds: after, ...(known.length > 0 ? { hardest: Math.max(...known) } : {}) } };
}
