import type { ModelUse, PageRead } from '@waybill/contracts';
import { exactUsd } from '@waybill/jobs';

/** What reading a document's pages cost, one use for each engine that was paid for. */
export function readingUses(pages: readonly PageRead[]): ModelUse[] {
  const uses = new Map<string, ModelUse>();
  for (const { use } of pages) {
    if (!use) continue;
    const known = uses.get(use.model);
    uses.set(use.model, {
      ...use,
      purpose: 'read',
      costUsd: exactUsd((known?.costUsd ?? 0) + use.costUsd),
      durationMs: (known?.durationMs ?? 0) + use.durationMs,
    });
  }
  return [...uses.values()];
}
