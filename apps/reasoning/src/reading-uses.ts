import type { ModelUse, PageRead } from '@waybill/contracts';

/** What reading a document's pages cost, one use for each engine that was paid for. */
export function readingUses(pages: readonly PageRead[]): ModelUse[] {
  const uses = new Map<string, ModelUse>();
  for (const { use } of pages) {
    if (!use) continue;
    const known = uses.get(use.model);
    uses.set(use.model, {
      ...use,
      costUsd: exact((known?.costUsd ?? 0) + use.costUsd),
      durationMs: (known?.durationMs ?? 0) + use.durationMs,
    });
  }
  return [...uses.values()];
}

/** As exact as the ledger, without the dust of binary fractions. */
const exact = (usd: number): number => Math.round(usd * 1e10) / 1e10;
