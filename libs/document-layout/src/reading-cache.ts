import type { Tenant } from '@waybill/contracts';
import type { RecognisedPage } from './ocr-engine.js';

/**
 * Port: what engines have read before, so that no picture is read twice. A key stands for the picture's pixels and
 * everything else that decides what is read in it. Tenants share nothing, also not by the same key. Neither method
 * rejects: a cache that cannot be asked knows nothing.
 */
export interface ReadingCache {
  find(tenant: Tenant, key: string): Promise<RecognisedPage | undefined>;
  keep(tenant: Tenant, key: string, page: RecognisedPage): Promise<void>;
}

/** Keeps nothing. */
export const noReadingCache: ReadingCache = {
  find: async () => undefined,
  keep: async () => undefined,
};
