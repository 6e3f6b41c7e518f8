import { type DocumentKind, type PageClassification, type PageKind } from '@waybill/contracts';

/** Kinds that one page gives to its whole document: the pages around it are its covers, terms and continuations. */
const deciding: readonly PageKind[] = ['receipt', 'invoice'];
/** A sure page of these among pages of text makes the document one with tables, or a form. */
const marking: readonly PageKind[] = ['form', 'table'];
const sureFrom = 0.5;

/**
 * What a document is, from its pages in order. `answered` is what an answer of the rules or a model took it for: between
 * a receipt and an invoice it decides, because what was extracted follows it.
 */
export function nameDocument(
  pages: readonly (PageClassification | undefined)[],
  answered: DocumentKind = 'unknown',
): DocumentKind {
  const known = pages.flatMap((page) => (page ? [page] : []));
  if (known.length === 0) return answered;
  if (answered === 'receipt' || answered === 'invoice') return answered;
  const sure = (kinds: readonly PageKind[]): PageKind | undefined =>
    known.find(({ kind, confidence }) => kinds.includes(kind) && confidence >= sureFrom)?.kind;
  return sure(deciding) ?? sure(marking) ?? commonest(known);
}

/** The kind with the highest sum of probabilities; blank pages count only among themselves. */
function commonest(pages: readonly PageClassification[]): PageKind {
  const sums = new Map<PageKind, number>();
  for (const { kinds } of pages) {
    for (const { kind, probability } of kinds) sums.set(kind, (sums.get(kind) ?? 0) + probability);
  }
  const ranked = [...sums].sort(([, one], [, other]) => other - one).map(([kind]) => kind);
  return ranked.find((kind) => kind !== 'blank' && pages.some((page) => page.kind === kind)) ?? 'blank';
}
