import type { CallService, ServiceLevel } from '../catalog/prices.js';
import type { ModelFailureKind } from '../provider/model-error.js';

/** Says that flex has no room, and nothing about the model. */
const flexIsFull: readonly ModelFailureKind[] = ['overloaded', 'timeout'];

/** Whether a call failed for the service that it was asked for at, so that neither model nor key is to rest. */
export const failedByService = (
  service: CallService | undefined,
  failure: { readonly kind: ModelFailureKind },
): boolean => service === 'flex' && flexIsFull.includes(failure.kind);

/** What was billed, where that is known, else what was asked for. */
export const billedService = (told: ServiceLevel | undefined, asked: CallService | undefined): ServiceLevel =>
  told ?? asked ?? 'standard';
