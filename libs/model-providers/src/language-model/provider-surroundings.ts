import type { Clock } from '@waybill/jobs';
import type { KeyHealth } from '@waybill/llm-routing';
import type { BlobReader } from './call-options.js';

/** What a provider needs from around it. */
export interface ProviderSurroundings {
  readonly blobs: BlobReader;
  readonly keyHealth: KeyHealth;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}
